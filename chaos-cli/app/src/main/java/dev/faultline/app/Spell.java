package dev.faultline.app;

import java.time.Duration;
import java.util.Locale;

/** How times are spelled on the terminal. */
final class Spell {

  private Spell() {}

  /** Such as {@code 350ms}, {@code 4.2s}, {@code 1m 05s}. */
  static String time(Duration length) {
    if (length.toMillis() < 1000) {
      return length.toMillis() + "ms";
    }
    return length.toSeconds() < 60
        ? String.format(Locale.ROOT, "%.1fs", length.toMillis() / 1000.0).replace(".0s", "s")
        : "%dm %02ds".formatted(length.toMinutes(), length.toSecondsPart());
  }
}
