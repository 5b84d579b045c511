package dev.faultline.model.world;

import java.time.Duration;
import java.time.Instant;

/**
 * Moments that are evenly spaced.
 *
 * @param first the first of them
 * @param step how far apart they are; above zero
 * @param count how many there are; at least one
 */
public record Moments(Instant first, Duration step, int count) {

  /** Refuses what is no span of time. */
  public Moments {
    if (count < 1 || step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("no moments: %d, %s apart".formatted(count, step));
    }
  }

  /** As many as there are from one moment to another, both of them counted. */
  public static Moments between(Instant from, Instant to, Duration step) {
    long steps = Duration.between(from, to).dividedBy(step);
    return new Moments(from, step, Math.toIntExact(steps + 1));
  }

  /**
   * One of them.
   *
   * @param number from 0
   */
  public Instant at(int number) {
    return first.plus(step.multipliedBy(number));
  }

  /** The last of them. */
  public Instant last() {
    return at(count - 1);
  }
}
