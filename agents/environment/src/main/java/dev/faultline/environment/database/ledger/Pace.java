package dev.faultline.environment.database.ledger;

import java.time.Duration;

/**
 * When a writer's next write is due. Lateness up to a tenth of a second is made up for; a writer
 * that was held up for longer just goes on, without a burst of what it missed. Not thread-safe.
 */
final class Pace {

  private static final long MADE_UP = Duration.ofMillis(100).toNanos();

  private final long distance;
  private long due;

  /**
   * The pace of one of several writers that keep a rate together, evenly shifted.
   *
   * @param now the moment at which they begin, in nanoseconds
   */
  Pace(int writer, int writers, double perSecond, long now) {
    this.distance = distance(writers, perSecond).toNanos();
    this.due = now + distance / writers * writer;
  }

  /** The time between two writes of each writer. */
  static Duration distance(int writers, double perSecond) {
    return Duration.ofNanos((long) (1e9 * writers / perSecond));
  }

  /** When the next write is due; a write that is due at once is due now. */
  long next(long now) {
    long next = Math.max(due, now - MADE_UP);
    due = next + distance;
    return next;
  }
}
