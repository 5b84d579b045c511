package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Reading;
import java.time.Duration;
import java.util.Locale;

/** How things are spelled on the terminal. */
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

  /** Since the start of a run, such as {@code 16.0s}. */
  static String clock(Duration elapsed) {
    return String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0);
  }

  /** What a gate reads, in the unit of its bound. */
  static String reading(Reading reading, String gate, LoadedExperiment experiment) {
    return switch (reading) {
      case Reading.Blind blind -> blind.reason().words();
      case Reading.Value number ->
          experiment.spec().gates().stream()
              .filter(known -> known.name().equals(gate))
              .map(known -> known.spell(number))
              .findFirst()
              .orElse(String.valueOf(number.value()));
    };
  }

  /** Such as {@code 1 fault} and {@code 2 faults}. */
  static String count(int number, String thing) {
    return "%d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }
}
