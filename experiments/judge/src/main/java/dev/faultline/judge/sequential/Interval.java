package dev.faultline.judge.sequential;

/**
 * Where a share of requests lies.
 *
 * @param low from 0 to {@code high}
 * @param high at most 1
 */
public record Interval(double low, double high) {

  /** Before anything is known. */
  static final Interval ALL = new Interval(0, 1);

  /** Refuses what holds nothing. */
  public Interval {
    if (!(low >= 0 && low <= high && high <= 1)) {
      throw new IllegalArgumentException("no interval of a share: %s to %s".formatted(low, high));
    }
  }

  /** Whether all of this lies within the other one. */
  boolean within(Interval other) {
    return low >= other.low && high <= other.high;
  }

  /** Whether nothing of this lies within the other one. */
  boolean apartFrom(Interval other) {
    return low > other.high || high < other.low;
  }
}
