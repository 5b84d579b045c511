package dev.faultline.serve.days;

import dev.faultline.gameday.file.Day;
import dev.faultline.model.schedule.Freeze;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A time in which a game day does not begin.
 *
 * @param gameDay its name
 * @param when from when to when, by the clock of its schedule
 * @param why the reason; may be empty
 */
public record Frozen(String gameDay, String when, String why) {

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm", Locale.ENGLISH);

  /** The freezes of a game day that are not over. */
  static List<Frozen> of(Day day, LocalDateTime now) {
    ZoneId zone = day.timetable().zone();
    return day.loaded().spec().freeze().stream()
        .filter(freeze -> freeze.ends().map(end -> end.isAfter(now)).orElse(true))
        .map(freeze -> new Frozen(day.name(), words(freeze, zone), freeze.reason().orElse("")))
        .toList();
  }

  private static String words(Freeze freeze, ZoneId zone) {
    return freeze
        .begins()
        .flatMap(
            from ->
                freeze
                    .ends()
                    .map(
                        to ->
                            "%s to %s, %s"
                                .formatted(SHOWN.format(from), SHOWN.format(to), zone.getId())))
        .orElse("the events of " + freeze.calendar().orElse("a calendar"));
  }
}
