package dev.faultline.model.schedule;

import dev.faultline.model.codec.InvalidValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When runs may begin.
 *
 * @param hours the part of the day, such as {@code 09:00-16:00}, its end not included; over
 *     midnight where it ends before it begins; all day when absent
 * @param late how long after it was due a run may still begin, from 1s to 24h; 15m when absent
 */
public record Window(Optional<String> hours, Optional<Duration> late) {

  /** Where nothing is said. */
  public static final Window WIDE = new Window(Optional.empty(), Optional.empty());

  private static final Duration LATE = Duration.ofMinutes(15);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(24);

  /** The part of a day. */
  private record Span(LocalTime from, LocalTime to) {

    private static final String WANTED = "'%s' is no part of the day; write it such as 09:00-16:00";

    static Span parse(String text) {
      String[] ends = text.split("-", -1);
      try {
        if (ends.length == 2 && text.matches("[\\d:]+-[\\d:]+")) {
          Span span = new Span(LocalTime.parse(ends[0]), end(ends[1]));
          if (!span.from.equals(span.to)) {
            return span;
          }
        }
      } catch (DateTimeException noTime) {
        throw new InvalidValue("hours", WANTED.formatted(text));
      }
      throw new InvalidValue("hours", WANTED.formatted(text));
    }

    private static LocalTime end(String text) {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    boolean has(LocalTime time) {
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    }
  }

  /** Refuses a window through which nothing could go. */
  public Window {
    hours.ifPresent(Span::parse);
    if (late.isPresent() && (late.get().compareTo(LEAST) < 0 || late.get().compareTo(MOST) > 0)) {
      throw new InvalidValue("late", "'late' must be from 1s to 24h");
    }
  }

  /** Whether runs may begin at this time of the day. */
  public boolean has(LocalTime time) {
    return hours.map(text -> Span.parse(text).has(time)).orElse(true);
  }

  /** How long after it was due a run may still begin. */
  public Duration mayBeLate() {
    return late.orElse(LATE);
  }
}
