package dev.faultline.gameday.calendar;

import dev.faultline.model.schedule.Freeze;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Times in which nothing begins, in one time zone. Immutable. */
public final class Freezes {

  /** A time from a moment until before another. */
  private record Span(Instant from, Instant to, Optional<String> why) {

    static Stream<Span> of(Freeze freeze, ZoneId zone) {
      return freeze.begins().stream()
          .flatMap(
              begin ->
                  freeze.ends().stream()
                      .map(
                          end ->
                              new Span(
                                  begin.atZone(zone).toInstant(),
                                  end.atZone(zone).toInstant(),
                                  freeze.reason())));
    }

    boolean has(Instant moment) {
      return !moment.isBefore(from) && moment.isBefore(to);
    }
  }

  private final List<Span> spans;
  private final List<HolidayCalendar> calendars;
  private final ZoneId zone;

  /**
   * Freezes.
   *
   * @param stated those of the file; of calendars it takes no notice
   * @param calendars what the calendars say
   * @param zone where days begin and end
   */
  public Freezes(List<Freeze> stated, List<HolidayCalendar> calendars, ZoneId zone) {
    this.spans = stated.stream().flatMap(freeze -> Span.of(freeze, zone)).toList();
    this.calendars = List.copyOf(calendars);
    this.zone = zone;
  }

  /** What freezes a moment. */
  public Optional<Obstacle.Frozen> at(Instant moment) {
    Optional<Span> stated = spans.stream().filter(span -> span.has(moment)).findFirst();
    return stated
        .map(span -> new Obstacle.Frozen(span.why()))
        .or(
            () ->
                calendars.stream()
                    .flatMap(calendar -> calendar.at(moment, zone).stream())
                    .findFirst());
  }
}
