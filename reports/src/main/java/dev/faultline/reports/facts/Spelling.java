package dev.faultline.reports.facts;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How times and counts are written for people: the same everywhere, whatever the locale. */
public final class Spelling {

  private Spelling() {}

  /** A span of time to three or four digits, such as {@code 301 ms} or {@code 2 min 05 s}. */
  public static String span(Duration span) {
    if (span.isNegative()) {
      return "−" + span(span.negated());
    }
    double seconds = span.toNanos() / 1e9;
    if (seconds < 0.0995) {
      return trimmed("%.1f", seconds * 1000) + " ms";
    }
    if (seconds < 0.9995) {
      return trimmed("%.0f", seconds * 1000) + " ms";
    }
    if (seconds < 59.95) {
      return trimmed(seconds < 9.995 ? "%.2f" : "%.1f", seconds) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? minutes(whole / 60, whole % 60)
        : "%s h %s min".formatted(whole / 3600, two(whole % 3600 / 60));
  }

  private static String minutes(long minutes, long seconds) {
    return seconds == 0 ? minutes + " min" : "%s min %s s".formatted(minutes, two(seconds));
  }

  /** A moment since the start of the run, such as {@code +1:05.2}. */
  public static String at(Duration elapsed) {
    long tenths = Math.round(elapsed.toNanos() / 1e8);
    long seconds = tenths / 10;
    String tail = "%s.%s".formatted(two(Math.abs(seconds % 60)), Math.abs(tenths % 10));
    return seconds < 3600
        ? "%s%s:%s".formatted(tenths < 0 ? "−" : "+", Math.abs(seconds / 60), tail)
        : "+%s:%s:%s".formatted(seconds / 3600, two(seconds % 3600 / 60), tail);
  }

  /** A moment by the wall clock, in UTC, to the second. */
  public static String wall(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  /** A whole number in groups of three. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  /** So many bytes, such as {@code 512 B} or {@code 1.5 MiB}. */
  public static String bytes(long number) {
    if (number < 1024) {
      return number + " B";
    }
    double kibi = number / 1024.0;
    return kibi < 1024 ? trimmed("%.1f", kibi) + " KiB" : trimmed("%.1f", kibi / 1024) + " MiB";
  }

  /** A share of one, such as {@code 0.42%}. */
  public static String share(long part, long whole) {
    return whole == 0 ? "–" : trimmed("%.2f", 100.0 * part / whole) + "%";
  }

  /** {@code 1 look}, {@code 2 looks}. */
  public static String counted(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** The beginning of a text, never half a character. */
  public static String brief(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
  }

  // %02d would use the digits of the machine's language.
  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  private static String trimmed(String form, double value) {
    String text = String.format(Locale.ROOT, form, value);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
