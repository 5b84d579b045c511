package dev.faultline.environment.database.ledger;

import java.time.Duration;

/**
 * The time that a reading may take.
 *
 * @param asked how long
 * @param until its end on the monotonic clock
 */
public record Within(Duration asked, long until) {

  /** From now on. */
  public static Within of(Duration asked) {
    return new Within(asked, System.nanoTime() + asked.toNanos());
  }

  /**
   * What is left, at least a millisecond.
   *
   * @throws Unread when nothing is
   */
  public Duration left() throws Unread {
    long left = (until - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new Unread("it could not be read within %d ms".formatted(asked.toMillis()));
    }
    return Duration.ofMillis(Math.min(left, Integer.MAX_VALUE));
  }
}
