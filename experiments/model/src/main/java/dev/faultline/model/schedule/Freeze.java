package dev.faultline.model.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.InvalidValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * When nothing begins, whatever the schedule says: a {@code date}, a time {@code from} and {@code
 * to}, or the events of a {@code calendar}.
 *
 * @param date a whole day, such as {@code 2026-12-24}
 * @param from the first day, or a moment such as {@code 2026-12-23T18:00}
 * @param to the last day, which is frozen too, or a moment
 * @param calendar a file of iCalendar: each of its events, all that recur included
 * @param reason why, for those who wonder; what an event is called where a calendar says so
 */
public record Freeze(
    Optional<String> date,
    Optional<String> from,
    Optional<String> to,
    Optional<String> calendar,
    Optional<String> reason) {

  /** Refuses what names no time, or several. */
  public Freeze {
    boolean range = from.isPresent() || to.isPresent();
    int ways = (date.isPresent() ? 1 : 0) + (range ? 1 : 0) + (calendar.isPresent() ? 1 : 0);
    if (ways != 1) {
      throw new InvalidValue("a freeze is a 'date', a 'from' with a 'to', or a 'calendar'");
    }
    if (range && (from.isEmpty() || to.isEmpty())) {
      throw new InvalidValue("'%s' is missing".formatted(from.isEmpty() ? "from" : "to"));
    }
    date.ifPresent(text -> day("date", text));
    if (range && !beginning("from", from.get()).isBefore(end("to", to.orElseThrow()))) {
      throw new InvalidValue("to", "this freeze ends before it begins");
    }
    if (calendar.isPresent() && calendar.get().isBlank()) {
      throw new InvalidValue("calendar", "a path is expected here");
    }
  }

  /** Reads a day. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Freeze on(String day) {
    day("", day);
    return new Freeze(
        Optional.of(day), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** When it begins, by the clock of the schedule; empty for a calendar. */
  public Optional<LocalDateTime> begins() {
    return date.map(text -> beginning("date", text))
        .or(() -> from.map(text -> beginning("from", text)));
  }

  /** When it is over, by the clock of the schedule; empty for a calendar. */
  public Optional<LocalDateTime> ends() {
    return date.map(text -> end("date", text)).or(() -> to.map(text -> end("to", text)));
  }

  private static LocalDateTime beginning(String key, String text) {
    return isDay(text) ? day(key, text).atStartOfDay() : moment(key, text);
  }

  private static LocalDateTime end(String key, String text) {
    return isDay(text) ? day(key, text).plusDays(1).atStartOfDay() : moment(key, text);
  }

  private static boolean isDay(String text) {
    return !text.contains("T");
  }

  private static LocalDate day(String key, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException noDay) {
      throw refuse(key, "'%s' is no day; write it such as 2026-12-24".formatted(text));
    }
  }

  private static LocalDateTime moment(String key, String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException noMoment) {
      throw refuse(
          key,
          "'%s' is no time; write it such as 2026-12-24 or 2026-12-23T18:00, by the clock of the"
                  .formatted(text)
              + " schedule's zone");
    }
  }

  private static InvalidValue refuse(String key, String problem) {
    return key.isEmpty() ? new InvalidValue(problem) : new InvalidValue(key, problem);
  }
}
