package dev.faultline.serve.days;

import dev.faultline.gameday.calendar.Coming;
import dev.faultline.gameday.calendar.Obstacle;
import dev.faultline.gameday.file.Day;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time at which a game day is due, or some in a row that are dropped for one reason.
 *
 * @param at when, or when the first of them is
 * @param day the day, by the clock of its schedule
 * @param time the time of day, with its offset from UTC
 * @param until the day of the last of them; empty where there is one
 * @param times how many
 * @param gameDay its name
 * @param runs the files of its runs
 * @param dropped why it is dropped; empty where it begins
 */
public record Due(
    Instant at,
    String day,
    String time,
    Optional<String> until,
    int times,
    String gameDay,
    List<String> runs,
    Optional<String> dropped) {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm xxx", Locale.ROOT);

  /** Keeps the list unchangeable. */
  public Due {
    runs = List.copyOf(runs);
  }

  static Due of(Day day, Coming coming) {
    ZonedDateTime first = coming.first().atZone(day.timetable().zone());
    ZonedDateTime last = coming.last().atZone(day.timetable().zone());
    return new Due(
        coming.first(),
        DAY.format(first),
        TIME.format(first),
        coming.times() == 1 ? Optional.empty() : Optional.of(DAY.format(last)),
        coming.times(),
        day.name(),
        day.loaded().spec().runs(),
        coming.obstacle().map(Obstacle::words));
  }
}
