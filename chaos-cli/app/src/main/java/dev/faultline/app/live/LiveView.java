package dev.faultline.app.live;

import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Sink;
import java.time.Duration;
import java.time.Instant;

/**
 * A run as it happens: each event is told above, the state of the run is painted below, ten times a
 * second at most. Events may come from one thread; {@link #close} from any.
 */
public final class LiveView implements Sink, AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Screen screen;
  private final Glyphs glyphs;
  private final Sink teller;
  private final Thread painter;
  private volatile Moment moment = new Moment(Scene.EMPTY, System.nanoTime());

  /** A scene, and the monotonic time at which its last event happened. */
  private record Moment(Scene scene, long heard) {
    Duration now() {
      return scene.heard().plusNanos(System.nanoTime() - heard);
    }
  }

  /**
   * Begins to paint.
   *
   * @param teller tells of events on {@link Screen#above}
   */
  public LiveView(Screen screen, Glyphs glyphs, Sink teller) {
    this.screen = screen;
    this.glyphs = glyphs;
    this.teller = teller;
    this.painter = Thread.ofPlatform().daemon().name("live view").start(this::paintAgainAndAgain);
  }

  @Override
  public void accept(Entry entry) {
    // An event of another process was written a while ago.
    Duration age = Duration.between(entry.at(), Instant.now());
    long since = age.isNegative() ? 0 : age.toNanos();
    moment = new Moment(moment.scene().on(entry), System.nanoTime() - since);
    teller.accept(entry);
  }

  private void paintAgainAndAgain() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        paint();
        Thread.sleep(TICK);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void paint() {
    Moment at = moment;
    screen.paint(size -> Frame.of(at.scene(), at.now(), size, glyphs));
  }

  /** Takes the painting away; what was told stays. */
  @Override
  public void close() {
    painter.interrupt();
    try {
      boolean _ = painter.join(PATIENCE);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
    screen.close();
  }
}
