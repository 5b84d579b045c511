package dev.faultline.environment.lives;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
public final class Seconds {

  private Seconds() {}

  /** Such as {@code 0.4 s} or {@code 30 s}. */
  public static String words(Duration duration) {
    long tenths = Math.round(duration.toMillis() / 100.0);
    return tenths % 10 == 0
        ? tenths / 10 + " s"
        : String.format(Locale.ROOT, "%.1f s", tenths / 10.0);
  }

  /** Such as {@code 0.24 s}. */
  public static String precise(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }

  /** The time since a reading of the monotonic clock, in words. */
  public static String since(long nanoTime) {
    return words(Duration.ofNanos(System.nanoTime() - nanoTime));
  }
}
