package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Book;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What others tell the daemon, from any thread. */
public final class Post implements Hearer {

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final AtomicBoolean asked = new AtomicBoolean();

  /** A game day may be due. */
  public void wake(String gameDay) {
    signals.add(new Signal.Wake(gameDay));
  }

  /**
   * Nothing more is to begin; the daemon ends when nothing is on.
   *
   * @param undo whether what is on withdraws its faults now, or goes on to its end
   */
  public void stop(boolean undo) {
    signals.add(new Signal.Stop(undo));
  }

  /** Asked twice before that is done, it is done once. */
  @Override
  public void look() {
    if (asked.compareAndSet(false, true)) {
      signals.add(new Signal.Look());
    }
  }

  @Override
  public void orphaned(Book.Orphan orphan) {
    signals.add(new Signal.Orphaned(orphan));
  }

  @Override
  public void disowned() {
    signals.add(new Signal.Disowned());
  }

  void ended(Signal.RunEnded run) {
    signals.add(run);
  }

  Optional<Signal> next(Duration within) throws InterruptedException {
    Optional<Signal> next =
        Optional.ofNullable(signals.poll(within.toMillis(), TimeUnit.MILLISECONDS));
    next.filter(Signal.Look.class::isInstance).ifPresent(_ -> asked.set(false));
    return next;
  }
}
