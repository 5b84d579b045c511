package dev.faultline.load;

/**
 * When each request is due: evenly spaced, the first at once, known beforehand and moved by
 * nothing.
 *
 * @param rate requests per second
 * @param from the second in which the first is due
 */
record Pace(double rate, long from) {

  private static final long NANOS = 1_000_000_000L;

  /** When request {@code number}, from 0, is due, in nanoseconds since the load began. */
  long due(long number) {
    return from * NANOS + (long) (number * NANOS / rate);
  }

  /** The second in which a request is due, from 0. */
  long second(long number) {
    return Math.floorDiv(due(number), NANOS);
  }
}
