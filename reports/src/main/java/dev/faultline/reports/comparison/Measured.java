package dev.faultline.reports.comparison;

import dev.faultline.reports.facts.Spelling;
import java.time.Duration;

/**
 * One figure of one run, with the range in which it may as well have been.
 *
 * @param value in seconds, as a share of one, or a count
 * @param low the least that it may have been
 * @param high the most that it may have been
 * @param words the value as people write it
 */
record Measured(double value, double low, double high, String words) {

  private static final double STANDARD_ERRORS = 2;

  /** A count that is exact. */
  static Measured count(long number) {
    return count(number, 0);
  }

  /** A count that chance alone moves by so much either way. */
  static Measured count(long number, long chance) {
    return around((double) number, (double) chance, Spelling.count(number));
  }

  /** A time that is known to so much either way. */
  static Measured time(Duration time, Duration off) {
    return around(seconds(time), seconds(off), Spelling.span(time));
  }

  /** A time between two others. */
  static Measured time(Duration time, Duration low, Duration high) {
    return new Measured(seconds(time), seconds(low), seconds(high), Spelling.span(time));
  }

  /** A time that is not over. */
  static Measured over(Duration time) {
    return new Measured(
        seconds(time), seconds(time), Double.POSITIVE_INFINITY, "over " + Spelling.span(time));
  }

  /** A share, to two standard errors. */
  static Measured share(long part, long whole) {
    double share = (double) part / (double) whole;
    double off = STANDARD_ERRORS * Math.sqrt(share * (1 - share) / (double) whole);
    return around(share, off, Spelling.share(part, whole));
  }

  static Measured around(double value, double off, String words) {
    return new Measured(value, value - off, value + off, words);
  }

  /** Whether both may be the same, or differ by less than that share of the larger. */
  boolean like(Measured other, double share) {
    boolean overlap = low <= other.high && other.low <= high;
    double larger = Math.max(Math.abs(value), Math.abs(other.value));
    return overlap || Math.abs(value - other.value) < share * larger;
  }

  /** Whether both differ by at least that share of the larger. */
  boolean differs(Measured other, double share) {
    double larger = Math.max(Math.abs(value), Math.abs(other.value));
    return larger > 0 && Math.abs(value - other.value) >= share * larger;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
