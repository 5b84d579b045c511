package dev.faultline.environment.remote;

import java.time.Duration;

/** Notices when nothing was heard for too long, by the monotonic clock. Thread-safe. */
final class Silence {

  private final long patience;
  private volatile long heard = System.nanoTime();

  Silence(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** Something was heard. */
  void broken() {
    heard = System.nanoTime();
  }

  /** Starts to watch, and does something once, when it was silent for too long. */
  void watch(Runnable then) {
    Thread.ofPlatform().daemon().name("silence").start(() -> await(then));
  }

  private void await(Runnable then) {
    try {
      for (long left = left(); left > 0; left = left()) {
        Thread.sleep(Duration.ofNanos(left));
      }
      then.run();
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  private long left() {
    return heard + patience - System.nanoTime();
  }
}
