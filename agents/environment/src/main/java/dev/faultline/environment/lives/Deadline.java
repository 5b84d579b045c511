package dev.faultline.environment.lives;

import java.time.Duration;

/**
 * A moment on the monotonic clock by which something must be done.
 *
 * @param nanoTime that moment
 */
public record Deadline(long nanoTime) {

  /** The moment that is so far from now. */
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left, at least a millisecond, so that it can be waited for. */
  public Duration left() {
    long left = nanoTime - System.nanoTime();
    return left < 1_000_000 ? Duration.ofMillis(1) : Duration.ofNanos(left);
  }

  /** Whether that moment has passed. */
  public boolean isOver() {
    return System.nanoTime() - nanoTime >= 0;
  }
}
