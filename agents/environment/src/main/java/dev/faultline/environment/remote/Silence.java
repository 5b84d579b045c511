package dev.faultline.environment.remote;

import java.time.Duration;

/** Ends the program when nothing was heard for too long, by the monotonic clock. Thread-safe. */
final class Silence {

  private static final int UNHEARD = 3;

  private final long patience;
  private volatile long heard = System.nanoTime();

  Silence(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** Something was heard. */
  void broken() {
    heard = System.nanoTime();
  }

  /** Starts to watch; what is to be done first is done, and the program ends with 3. */
  void watch(Runnable first) {
    Thread.ofPlatform().daemon().name("silence").start(() -> await(first));
  }

  private void await(Runnable first) {
    try {
      for (long left = left(); left > 0; left = left()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      first.run();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(UNHEARD);
  }

  private long left() {
    return heard + patience - System.nanoTime();
  }
}
