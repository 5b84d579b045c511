package dev.faultline.model.gate;

import java.time.Duration;

/** Durations as people and PromQL write them: {@code 1h}, {@code 90s}, {@code 1500ms}. */
final class Spans {

  private Spans() {}

  /** The duration in its largest whole unit, exact to the millisecond. */
  static String of(Duration span) {
    long seconds = span.toSeconds();
    if (span.toMillis() % 1000 != 0 || seconds == 0) {
      return span.toMillis() + "ms";
    }
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
