package dev.faultline.gameday.shared;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the clock here is from that of the database.
 *
 * @param ahead by how much the one here is ahead; negative where it is behind
 * @param doubt by how much that may be wrong, either way
 */
record ClockOffset(Duration ahead, Duration doubt) {

  /** What is due at the same moment is due within so much of each other. */
  static final Duration BOUND = Duration.ofSeconds(1);

  /**
   * The offset by a question and its answer.
   *
   * @param before when it was asked, by the clock here
   * @param there what the database said
   * @param after when the answer was there
   */
  static ClockOffset of(Instant before, Instant there, Instant after) {
    Duration half = Duration.between(before, after).abs().dividedBy(2);
    return new ClockOffset(Duration.between(there, before.plus(half)), half);
  }

  /** Whether it is beyond the bound for certain. */
  boolean tooFar() {
    return ahead.abs().minus(doubt).compareTo(BOUND) > 0;
  }

  String words() {
    return "the clock here is %d ms %s that of the database, and %d ms are the bound"
        .formatted(
            ahead.abs().toMillis(), ahead.isNegative() ? "behind" : "ahead of", BOUND.toMillis());
  }
}
