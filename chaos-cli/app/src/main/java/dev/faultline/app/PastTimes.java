package dev.faultline.app;

import dev.faultline.engine.past.Incident;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads moments that are over from a command line.
 *
 * @param now the present moment
 */
record PastTimes(Instant now) {

  private static final Pattern DAYS = Pattern.compile("(\\d{1,4})d");

  /** A moment with its offset from UTC, or how long ago it was. */
  Instant moment(String option, String text) throws UsageError {
    if (text.equals("now")) {
      return now;
    }
    try {
      return text.indexOf('T') > 0
          ? OffsetDateTime.parse(text).toInstant()
          : now.minus(length(text).orElseThrow());
    } catch (DateTimeException | ArithmeticException | NoSuchElementException none) {
      throw new UsageError(
          "%s %s is no moment".formatted(option, text),
          "it has a date, a time and an offset from UTC, or says how long ago it was",
          "write 2026-03-14T09:00Z, 2026-03-14T10:00+01:00, 24h or 7d");
    }
  }

  /** A length of time, above zero. */
  Duration length(String option, String text) throws UsageError {
    return length(text)
        .orElseThrow(
            () ->
                new UsageError(
                    "%s %s is no length of time".formatted(option, text),
                    "it has a number and a unit",
                    "write 15s, 90m, 24h or 7d"));
  }

  private static Optional<Duration> length(String text) {
    Matcher days = DAYS.matcher(text);
    if (days.matches()) {
      return Optional.of(Duration.ofDays(Integer.parseInt(days.group(1))))
          .filter(Duration::isPositive);
    }
    try {
      return Optional.of(Quantity.parse(text))
          .filter(quantity -> quantity.unit() == Unit.SECONDS && quantity.value() > 0)
          .map(Quantity::toDuration);
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  /** Two moments with a slash between them, as ISO 8601 writes an interval. */
  Incident incident(String text) throws UsageError {
    String[] ends = text.split("/", -1);
    if (ends.length != 2) {
      throw new UsageError(
          "--incident %s is no time".formatted(text),
          "it has a beginning and an end",
          "write --incident 2026-03-14T09:00Z/2026-03-14T09:20Z");
    }
    Instant from = moment("--incident", ends[0]);
    Instant to = moment("--incident", ends[1]);
    if (!from.isBefore(to)) {
      throw new UsageError(
          "--incident %s has no length".formatted(text),
          "its end is not after its beginning",
          "write the earlier moment first");
    }
    return new Incident(from, to);
  }
}
