package dev.faultline.gameday.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What others tell the daemon, from any thread. */
public final class Post {

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

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

  void ended(Signal.RunEnded run) {
    signals.add(run);
  }

  Optional<Signal> next(Duration within) throws InterruptedException {
    return Optional.ofNullable(signals.poll(within.toMillis(), TimeUnit.MILLISECONDS));
  }
}
