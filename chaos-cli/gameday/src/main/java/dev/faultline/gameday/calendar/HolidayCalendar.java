package dev.faultline.gameday.calendar;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.io.text.ICalReader;
import biweekly.property.DateStart;
import biweekly.property.Status;
import biweekly.property.Uid;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events of a file of iCalendar (RFC 5545), with all that recur. An event of whole days is
 * meant where the schedule is; what is cancelled is none. Thread-safe.
 */
public final class HolidayCalendar {

  /** No event of a calendar is sought for longer: one that recurs and never comes would be. */
  private static final int MOST_LOOKED_AT = 100_000;

  private static final int KNOWN_ZONE_WITHOUT_DEFINITION = 37;

  private static final Set<String> TIMES =
      Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID");

  /**
   * An event.
   *
   * @param zone the clock by which it recurs; empty for one that is meant where the schedule is, as
   *     whole days are: such dates are read by the clock of this machine
   */
  private record Event(
      VEvent event, Optional<TimeZone> zone, Optional<String> why, Set<Instant> moved) {}

  private final List<Event> events;

  private HolidayCalendar(List<Event> events) {
    this.events = List.copyOf(events);
  }

  /**
   * Reads a text of iCalendar.
   *
   * @throws UnreadableCalendar when it is none, or an event of it cannot be taken at its word
   */
  public static HolidayCalendar read(String text) throws UnreadableCalendar {
    List<Event> events = new ArrayList<>();
    int calendars = 0;
    try (ICalReader reader = new ICalReader(text)) {
      for (ICalendar calendar = reader.readNext(); calendar != null; calendar = reader.readNext()) {
        calendars++;
        Optional<ParseWarning> doubt =
            reader.getWarnings().stream().filter(HolidayCalendar::matters).findFirst();
        if (doubt.isPresent()) {
          throw new UnreadableCalendar(
              doubt.get().getLineNumber(), String.valueOf(doubt.get().getMessage()));
        }
        events.addAll(events(calendar));
      }
    } catch (IOException unread) {
      throw new UnreadableCalendar(null, String.valueOf(unread.getMessage()));
    }
    if (calendars == 0) {
      throw new UnreadableCalendar(1, "this is no iCalendar; it begins with BEGIN:VCALENDAR");
    }
    return new HolidayCalendar(events);
  }

  /** Zones need no definition where everybody knows them; what is said of guests is not read. */
  private static boolean matters(ParseWarning doubt) {
    Integer code = doubt.getCode();
    boolean aboutTime = doubt.getPropertyName() == null || TIMES.contains(doubt.getPropertyName());
    return aboutTime && (code == null || code != KNOWN_ZONE_WITHOUT_DEFINITION);
  }

  private static List<Event> events(ICalendar calendar) throws UnreadableCalendar {
    List<VEvent> all = calendar.getEvents();
    Map<String, Set<Instant>> moved =
        all.stream()
            .filter(event -> event.getRecurrenceId() != null)
            .collect(
                Collectors.groupingBy(
                    HolidayCalendar::uid,
                    Collectors.mapping(
                        event -> event.getRecurrenceId().getValue().toInstant(),
                        Collectors.toSet())));
    List<Event> events = new ArrayList<>();
    for (VEvent event : all) {
      if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
        throw new UnreadableCalendar(null, "an event has no DTSTART");
      }
      boolean own = event.getRecurrenceId() == null;
      if (!Optional.ofNullable(event.getStatus()).map(Status::isCancelled).orElse(false)) {
        Optional<String> why =
            Optional.ofNullable(event.getSummary()).map(summary -> summary.getValue());
        Set<Instant> elsewhere = own ? moved.getOrDefault(uid(event), Set.of()) : Set.of();
        events.add(new Event(event, zone(event, calendar), why, elsewhere));
      }
    }
    return events;
  }

  private static Optional<TimeZone> zone(VEvent event, ICalendar calendar) {
    DateStart start = event.getDateStart();
    TimezoneInfo zones = calendar.getTimezoneInfo();
    if (!start.getValue().hasTime() || zones.isFloating(start)) {
      return Optional.empty();
    }
    TimezoneAssignment named = zones.getTimezone(start);
    return Optional.of(named == null ? TimeZone.getTimeZone("UTC") : named.getTimeZone());
  }

  private static String uid(VEvent event) {
    Uid uid = event.getUid();
    return uid == null || uid.getValue() == null ? "" : uid.getValue();
  }

  /**
   * The event at a moment.
   *
   * @param zone where whole days begin and end
   */
  Optional<Obstacle.Frozen> at(Instant moment, ZoneId zone) {
    return events.stream()
        .filter(event -> covers(event, moment, zone))
        .findFirst()
        .map(event -> new Obstacle.Frozen(event.why()));
  }

  private static boolean covers(Event event, Instant moment, ZoneId zone) {
    ICalDate start = event.event().getDateStart().getValue();
    Instant asRead =
        event.zone().isPresent()
            ? moment
            : LocalDateTime.ofInstant(moment, zone).atZone(ZoneId.systemDefault()).toInstant();
    return start.hasTime() ? timed(event, start, asRead) : wholeDays(event, start, asRead);
  }

  private static boolean timed(Event event, ICalDate start, Instant moment) {
    Duration lasts =
        Optional.ofNullable(event.event().getDateEnd())
            .map(end -> Duration.between(start.toInstant(), end.getValue().toInstant()))
            .or(() -> stated(event))
            .orElse(Duration.ZERO);
    return begins(event, moment.minus(lasts), moment)
        .map(Date::toInstant)
        .anyMatch(begin -> !moment.isBefore(begin) && moment.isBefore(begin.plus(lasts)));
  }

  private static boolean wholeDays(Event event, ICalDate start, Instant moment) {
    ZoneId here = ZoneId.systemDefault();
    LocalDate first = LocalDate.ofInstant(start.toInstant(), here);
    long days =
        Optional.ofNullable(event.event().getDateEnd())
            .map(
                end ->
                    LocalDate.ofInstant(end.getValue().toInstant(), here).toEpochDay()
                        - first.toEpochDay())
            .or(() -> stated(event).map(Duration::toDays))
            .filter(many -> many > 0)
            .orElse(1L);
    LocalDate day = LocalDate.ofInstant(moment, here);
    Instant from = day.minusDays(days + 1).atStartOfDay(here).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(here).toInstant();
    return begins(event, from, to)
        .map(date -> LocalDate.ofInstant(date.toInstant(), here))
        .anyMatch(begin -> !day.isBefore(begin) && day.isBefore(begin.plusDays(days)));
  }

  private static Optional<Duration> stated(Event event) {
    return Optional.ofNullable(event.event().getDuration())
        .map(duration -> Duration.ofMillis(duration.getValue().toMillis()));
  }

  /** When the event begins in that time. */
  private static Stream<Date> begins(Event event, Instant from, Instant to) {
    DateIterator dates = event.event().getDateIterator(event.zone().orElse(TimeZone.getDefault()));
    dates.advanceTo(Date.from(from));
    List<Date> found = new ArrayList<>();
    for (int looked = 0; dates.hasNext() && looked < MOST_LOOKED_AT; looked++) {
      Date date = dates.next();
      if (date.toInstant().isAfter(to)) {
        break;
      }
      if (!event.moved().contains(date.toInstant())) {
        found.add(date);
      }
    }
    return found.stream();
  }
}
