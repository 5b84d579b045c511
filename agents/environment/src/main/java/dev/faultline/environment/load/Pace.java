package dev.faultline.environment.load;

/**
 * When each request is due: evenly spaced, the first at once, known beforehand and moved by
 * nothing.
 *
 * @param rate requests per second
 */
record Pace(double rate) {

  private static final double NANOS = 1e9;

  /** When request {@code number}, from 0, is due, in nanoseconds since the load began. */
  long due(long number) {
    return (long) (number * NANOS / rate);
  }

  /** The second in which a request is due, from 0. */
  long second(long number) {
    return Math.floorDiv(due(number), 1_000_000_000L);
  }
}
