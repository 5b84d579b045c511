package dev.faultline.reports.json;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How times and words of our own are spelled in JSON. */
final class Seconds {

  private Seconds() {}

  static double of(Duration span) {
    return span.toNanos() / 1e9;
  }

  static Optional<Double> of(Optional<Duration> span) {
    return span.map(Seconds::of);
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
