package dev.faultline.app.live;

import java.time.Duration;
import java.util.Locale;

/** Times and figures in as few columns as they can be read in. */
final class Spell {

  private Spell() {}

  /** What runs on, such as {@code 0.4s}, {@code 12.3s}, {@code 1m05s}, {@code 2h03m}. */
  static String elapsed(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 60
        ? String.format(Locale.ROOT, "%.1fs", Math.floor(time.toMillis() / 100.0) / 10)
        : whole(time);
  }

  /** A length in whole seconds, such as {@code 12s} or {@code 1m05s}; below one, {@code 350ms}. */
  static String whole(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 1 && !time.isZero()) {
      return time.toMillis() + "ms";
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    return seconds < 3600
        ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
        : "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /** What is left, counted down to zero: rounded up, so that {@code 1s} is the last second. */
  static String left(Duration time) {
    return time.isNegative() || time.isZero() ? "0s" : whole(Duration.ofSeconds(ceil(time)));
  }

  private static long ceil(Duration time) {
    return time.plusSeconds(1).minusNanos(1).toSeconds();
  }

  /** A latency, such as {@code 3.1ms}, {@code 240ms}, {@code 1.25s}. */
  static String latency(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (millis < 9.95) {
      return String.format(Locale.ROOT, "%.1fms", millis);
    }
    return millis < 999.5
        ? String.format(Locale.ROOT, "%.0fms", millis)
        : String.format(Locale.ROOT, "%.2fs", millis / 1000);
  }

  /** The odds of an e-value from its logarithm, such as {@code 13 to 1}. */
  static String odds(double log) {
    if (log > Math.log(1e6)) {
      return "over a million to 1";
    }
    double odds = Math.exp(log);
    String text = String.format(Locale.ROOT, odds >= 10 ? "%.0f" : "%.1f", odds);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " to 1";
  }

  /** A share of one, such as {@code 99.2%}; all but everything is never {@code 100%}. */
  static String share(long part, long whole) {
    double percent = 100.0 * part / whole;
    if (part < whole && percent > 99.9) {
      return "99.9%";
    }
    String text = String.format(Locale.ROOT, "%.1f", percent);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "%";
  }
}
