package dev.faultline.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What several passes gave.
 *
 * @param least the smallest figure
 * @param median the one in the middle; of an even number, the upper one of the two
 * @param most the largest figure
 */
public record Spread(long least, long median, long most) {

  /** Of at least one figure. */
  public static Spread of(long... figures) {
    long[] sorted = figures.clone();
    Arrays.sort(sorted);
    return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  /** In milliseconds. */
  public static Spread millis(Stream<Duration> times) {
    return of(times.mapToLong(Duration::toMillis).toArray());
  }

  /** Least, median and most. */
  @Override
  public String toString() {
    return "%d, %d, %d".formatted(least, median, most);
  }
}
