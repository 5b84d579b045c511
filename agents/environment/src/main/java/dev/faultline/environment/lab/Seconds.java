package dev.faultline.environment.lab;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Seconds {

  private Seconds() {}

  /** Such as {@code 0.4 s} or {@code 30 s}. */
  static String words(Duration duration) {
    long tenths = Math.round(duration.toMillis() / 100.0);
    return tenths % 10 == 0
        ? tenths / 10 + " s"
        : String.format(Locale.ROOT, "%.1f s", tenths / 10.0);
  }

  /** The time since a reading of the monotonic clock, in words. */
  static String since(long nanoTime) {
    return words(Duration.ofNanos(System.nanoTime() - nanoTime));
  }
}
