package dev.faultline.load;

import java.util.List;

/**
 * Which rate each second of a load has: its own, or while it surges one of a row.
 *
 * @param base its own
 * @param steps the rates of the surge
 * @param each how many seconds each of them stays; the last stays until the end
 * @param from the first second of the surge
 * @param until the first second after it
 */
public record Rates(double base, List<Double> steps, double each, long from, long until) {

  /** Keeps the steps unchangeable. */
  public Rates {
    steps = List.copyOf(steps);
  }

  /** Its own rate, and no surge. */
  public static Rates of(double base) {
    return new Rates(base, List.of(), 1, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Surges from a second on. */
  public Rates surge(List<Double> rates, double seconds, long second) {
    return new Rates(base, rates, seconds, second, Long.MAX_VALUE);
  }

  /** Surges no more from a second on. */
  public Rates endedBy(long second) {
    return new Rates(base, steps, each, from, Math.min(until, second));
  }

  /** Whether a second belongs to a surge. */
  public boolean surges(long second) {
    return second >= from && second < until;
  }

  /** The rate of a second. */
  public double at(long second) {
    return surges(second)
        ? steps.get((int) Math.min(steps.size() - 1L, (long) ((second - from) / each)))
        : base;
  }
}
