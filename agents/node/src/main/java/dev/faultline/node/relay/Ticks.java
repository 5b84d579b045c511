package dev.faultline.node.relay;

/** The monotonic clock of relays, in nanoseconds from an origin near the start of this program. */
final class Ticks {

  /** Later than any time. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long ORIGIN = System.nanoTime();

  private Ticks() {}

  static long now() {
    return System.nanoTime() - ORIGIN;
  }

  /** A sum that stays below {@link #NEVER}. */
  static long after(long time, long nanos) {
    return time > NEVER - 1 - nanos ? NEVER - 1 : time + nanos;
  }
}
