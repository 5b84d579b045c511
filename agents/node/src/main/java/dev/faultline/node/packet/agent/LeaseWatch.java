package dev.faultline.node.packet.agent;

import java.time.Duration;

/** Waits for the end of a lease, by the monotonic clock. Thread-safe. */
final class LeaseWatch {

  private final long nanos;
  private long until;
  private boolean ended;

  LeaseWatch(Duration lease, long now) {
    this.nanos = lease.toNanos();
    this.until = now + nanos;
  }

  synchronized void renew(long now) {
    until = now + nanos;
    notifyAll();
  }

  /** Ends the wait before its time. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits.
   *
   * @return whether it was ended, else the lease has run out
   */
  synchronized boolean await() {
    try {
      while (!ended) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        wait(left / 1_000_000 + 1);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
