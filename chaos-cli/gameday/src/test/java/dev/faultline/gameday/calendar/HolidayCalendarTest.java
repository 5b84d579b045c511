package dev.faultline.gameday.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calendars of iCalendar freeze. */
final class HolidayCalendarTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static HolidayCalendar calendar(String... events) throws UnreadableCalendar {
    StringBuilder text =
        new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n");
    for (String event : events) {
      text.append("BEGIN:VEVENT\r\nDTSTAMP:20240101T000000Z\r\n")
          .append(event.replace("\n", "\r\n"))
          .append("\r\nEND:VEVENT\r\n");
    }
    return HolidayCalendar.read(text.append("END:VCALENDAR\r\n").toString());
  }

  private static boolean frozen(HolidayCalendar calendar, String moment) {
    return calendar.at(ZonedDateTime.parse(moment).toInstant(), BERLIN).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"})
  void aWholeDayIsThatOfTheScheduleWhereverTheMachineStands(String machine) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(machine));
    try {
      HolidayCalendar calendar =
          calendar(
              "UID:1\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas",
              "UID:2\nDTSTART;VALUE=DATE:20240501\nRRULE:FREQ=YEARLY\nSUMMARY:Labour Day");

      assertThat(frozen(calendar, "2026-12-23T23:59:59+01:00")).isFalse();
      assertThat(frozen(calendar, "2026-12-24T00:00:00+01:00")).isTrue();
      assertThat(frozen(calendar, "2026-12-26T23:59:59+01:00")).isTrue();
      assertThat(frozen(calendar, "2026-12-27T00:00:00+01:00")).isFalse();
      assertThat(frozen(calendar, "2031-05-01T00:00:00+02:00")).isTrue();
      assertThat(frozen(calendar, "2031-04-30T23:59:00+02:00")).isFalse();
      assertThat(frozen(calendar, "2031-05-02T00:00:00+02:00")).isFalse();
      assertThat(frozen(calendar, "2023-05-01T12:00:00+02:00")).isFalse();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aTimeThatRecursIsFrozenEachTimeAndByTheClockOfItsZone() throws Exception {
    HolidayCalendar calendar =
        calendar(
            """
            UID:1
            DTSTART;TZID=Europe/Berlin:20260105T090000
            DURATION:PT90M
            RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260501T000000Z
            EXDATE;TZID=Europe/Berlin:20260112T090000
            SUMMARY:Deployment""");

    assertThat(frozen(calendar, "2026-01-08T09:00:00+01:00")).isTrue();
    assertThat(frozen(calendar, "2026-01-08T10:29:59+01:00")).isTrue();
    assertThat(frozen(calendar, "2026-01-08T10:30:00+01:00")).isFalse();
    assertThat(frozen(calendar, "2026-01-12T09:30:00+01:00")).as("an exception").isFalse();
    assertThat(frozen(calendar, "2026-04-02T09:00:00+02:00")).as("in summer").isTrue();
    assertThat(frozen(calendar, "2026-05-04T09:30:00+02:00")).as("after its end").isFalse();
    assertThat(calendar.at(Instant.parse("2026-01-08T08:30:00Z"), BERLIN).orElseThrow().words())
        .isEqualTo("frozen: Deployment");
  }

  @Test
  void whatIsMovedIsFrozenWhereItIsNowAndWhatIsCancelledIsNot() throws Exception {
    HolidayCalendar calendar =
        calendar(
            "UID:1\nDTSTART:20260105T090000Z\nDTEND:20260105T100000Z\nRRULE:FREQ=WEEKLY",
            "UID:1\nRECURRENCE-ID:20260112T090000Z\nDTSTART:20260113T090000Z\nDTEND:20260113T100000Z",
            "UID:2\nSTATUS:CANCELLED\nDTSTART:20260110T000000Z\nDTEND:20260111T000000Z");

    assertThat(frozen(calendar, "2026-01-05T09:30:00Z")).isTrue();
    assertThat(frozen(calendar, "2026-01-12T09:30:00Z")).isFalse();
    assertThat(frozen(calendar, "2026-01-13T09:30:00Z")).isTrue();
    assertThat(frozen(calendar, "2026-01-10T12:00:00Z")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "BEGIN:VCARD\r\nEND:VCARD\r\n"})
  void whatIsNoCalendarIsRefused(String text) {
    assertThat(catchThrowableOfType(UnreadableCalendar.class, () -> HolidayCalendar.read(text)))
        .isNotNull();
  }

  @Test
  void anEventThatCannotBeTakenAtItsWordIsRefused() {
    assertThat(
            catchThrowableOfType(
                UnreadableCalendar.class, () -> calendar("UID:1\nDTSTART:tomorrow\nSUMMARY:x")))
        .isNotNull();
    assertThat(catchThrowableOfType(UnreadableCalendar.class, () -> calendar("UID:1\nSUMMARY:x")))
        .hasMessageContaining("DTSTART");
  }
}
