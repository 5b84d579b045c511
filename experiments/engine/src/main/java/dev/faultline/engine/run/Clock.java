package dev.faultline.engine.run;

import java.time.Duration;
import java.time.Instant;

/** Time, injected: a run can be simulated. Thread-safe. */
public interface Clock {

  /** Time of day, for people and for other systems' data. */
  Instant now();

  /** Monotonic time since some fixed moment, for figures and deadlines. */
  Duration ticks();

  /**
   * Waits.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void sleep(Duration length) throws InterruptedException;

  /** The clock of this machine. */
  static Clock system() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public Duration ticks() {
        return Duration.ofNanos(System.nanoTime());
      }

      @Override
      public void sleep(Duration length) throws InterruptedException {
        Thread.sleep(length);
      }
    };
  }
}
