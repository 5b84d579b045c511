package dev.faultline.model.schedule;

import dev.faultline.model.codec.InvalidValue;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * Minutes of the calendar, as the five fields of cron name them: minute, hour, day of month, month,
 * day of week. Where both days are restricted, either will do, as in every cron. It knows no time
 * zone: {@link Schedule} says where these hours are.
 *
 * @param text as it was written
 */
public record Cron(
    String text,
    CronField minutes,
    CronField hours,
    CronField days,
    CronField months,
    CronField weekdays) {

  /** Leap days are at most eight years apart. */
  private static final int YEARS = 8;

  private static final String FIELDS =
      "cron has five fields: minute, hour, day of month, month, day of week";

  /**
   * Reads five fields.
   *
   * @throws InvalidValue when that is no cron, or names no day of any year
   */
  public static Cron parse(String text) {
    List<String> fields = List.of(text.strip().split("\\s+"));
    if (text.strip().startsWith("@")) {
      throw new InvalidValue(FIELDS + "; write '%s' with them".formatted(text.strip()));
    }
    if (fields.size() != 5) {
      throw new InvalidValue(
          "%s, and here are %d%s"
              .formatted(
                  FIELDS,
                  fields.size(),
                  fields.size() > 5 ? "; seconds and years are not among them" : ""));
    }
    Cron cron =
        new Cron(
            text,
            CronField.Kind.MINUTE.read(fields.get(0)),
            CronField.Kind.HOUR.read(fields.get(1)),
            CronField.Kind.DAY.read(fields.get(2)),
            CronField.Kind.MONTH.read(fields.get(3)),
            CronField.Kind.WEEKDAY.read(fields.get(4)));
    if (cron.next(LocalDateTime.of(2096, 1, 1, 0, 0)).isEmpty()
        && cron.next(LocalDateTime.of(2024, 1, 1, 0, 0)).isEmpty()) {
      throw new InvalidValue("no year has such a day; choose another day or month");
    }
    return cron;
  }

  /** Whether it means each hour of the day: such a schedule goes on while clocks are set back. */
  public boolean everyHour() {
    return hours.isFull();
  }

  /** The first minute after a time; empty where none comes within eight years. */
  public Optional<LocalDateTime> next(LocalDateTime after) {
    LocalDate day = after.toLocalDate();
    LocalDate last = day.plusYears(YEARS);
    if (fits(day)) {
      Optional<LocalTime> later = next(after.toLocalTime());
      if (later.isPresent()) {
        return Optional.of(day.atTime(later.get()));
      }
    }
    LocalTime first = LocalTime.of(hours.first(), minutes.first());
    for (day = day.plusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
      if (!months.has(day.getMonthValue())) {
        day = day.withDayOfMonth(day.lengthOfMonth());
      } else if (fits(day)) {
        return Optional.of(day.atTime(first));
      }
    }
    return Optional.empty();
  }

  private Optional<LocalTime> next(LocalTime after) {
    if (hours.has(after.getHour())) {
      int minute = minutes.from(after.getMinute() + 1);
      if (minute >= 0) {
        return Optional.of(LocalTime.of(after.getHour(), minute));
      }
    }
    int hour = hours.from(after.getHour() + 1);
    return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes.first()));
  }

  private boolean fits(LocalDate date) {
    boolean day = days.has(date.getDayOfMonth());
    boolean weekday = weekdays.has(date.getDayOfWeek().getValue() % 7);
    boolean either = !days.starred() && !weekdays.starred();
    return months.has(date.getMonthValue()) && (either ? day || weekday : day && weekday);
  }
}
