package dev.faultline.gameday.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.document.GameDaySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of each timetable, over years and in zones whose clocks are set. */
final class TimetableTest {

  private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2029-01-01T00:00:00Z");

  private static final String LIMITS =
      ", 'jitter': '20m', 'window': {'hours': '09:00-16:30'}, 'freeze': ['2026-03-29',"
          + " {'from': '2025-12-20', 'to': '2026-01-06', 'reason': 'Christmas'},"
          + " {'from': '2027-06-01T10:20', 'to': '2027-06-01T12:40', 'reason': 'launch'}]";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "America/Santiago",
        "UTC"
      })
  void overYearsNoneIsLostNoneIsDoubledAndNoneBeginsWhereItMustNot(String zone) {
    for (String cron : List.of("*/30 * * * *", "15 8-17 * * 1-5", "0 2 * * *", "30 10 1,15 * *")) {
      GameDaySpec spec = GameDays.cron(cron, zone, LIMITS);
      Timetable timetable = GameDays.timetable("day", spec);
      List<Occasion> all = GameDays.between(timetable, FROM, TO);

      assertThat(all).isSortedAccordingTo((a, b) -> a.planned().compareTo(b.planned()));
      assertThat(all.stream().map(Occasion::planned).distinct()).hasSameSizeAs(all);
      // What is due after any moment is what the walk found: none is lost between.
      for (int i = 1; i < all.size(); i += 97) {
        Instant between = all.get(i).planned().minusMillis(1);
        assertThat(timetable.next(between)).contains(all.get(i));
      }
      assertBegins(all, spec, ZoneId.of(zone));
    }
  }

  private static void assertBegins(List<Occasion> all, GameDaySpec spec, ZoneId zone) {
    Instant last = Instant.MIN;
    for (Occasion occasion : all) {
      if (occasion.obstacle().isEmpty()) {
        LocalTime time = LocalTime.ofInstant(occasion.start(), zone);
        LocalDate day = LocalDate.ofInstant(occasion.start(), zone);
        assertThat(time).isBetween(LocalTime.of(9, 0), LocalTime.of(16, 29, 59, 999_999_999));
        assertThat(day).isNotEqualTo(LocalDate.of(2026, 3, 29));
        assertThat(
                day.isAfter(LocalDate.of(2025, 12, 19)) && day.isBefore(LocalDate.of(2026, 1, 7)))
            .as("in the freeze: %s", occasion)
            .isFalse();
        assertThat(occasion.start()).isAfter(last).isAfterOrEqualTo(occasion.planned());
        assertThat(Duration.between(occasion.planned(), occasion.start()))
            .isLessThanOrEqualTo(spec.jitter().orElseThrow());
        last = occasion.start();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
  void aDayHasAsManyOccasionsAsItsHoursHave(String zone) {
    Timetable each = GameDays.timetable("day", GameDays.cron("0,30 * * * *", zone, ""));
    Timetable daily = GameDays.timetable("day", GameDays.cron("10 2 * * *", zone, ""));
    Set<LocalDate> days = new HashSet<>();
    ZoneId place = ZoneId.of(zone);
    for (Occasion occasion : GameDays.between(daily, FROM, TO)) {
      assertThat(days.add(LocalDate.ofInstant(occasion.planned(), place))).isTrue();
    }
    long all = Duration.between(FROM, TO).toDays();

    assertThat((long) days.size()).isBetween(all - 1, all + 1);
    assertThat((long) GameDays.between(each, FROM, TO).size())
        .isBetween(all * 48 - 12, all * 48 + 12);
  }

  @Test
  void theSameSeedDrawsTheSameAndAnotherOneDoesNot() {
    List<Instant> first = starts("'seed': 4");

    assertThat(starts("'seed': 4")).isEqualTo(first);
    assertThat(starts("'seed': 5")).isNotEqualTo(first);
    assertThat(first.stream().map(start -> start.atZone(ZoneId.of("UTC")).getMinute()).distinct())
        .hasSizeGreaterThan(10);
  }

  private static List<Instant> starts(String seed) {
    Timetable timetable =
        GameDays.timetable("day", GameDays.cron("0 10 * * *", "UTC", ", 'jitter': '1h', " + seed));
    return GameDays.between(timetable, FROM, FROM.plus(Duration.ofDays(60))).stream()
        .map(Occasion::start)
        .toList();
  }

  @Test
  void whatIsDroppedSaysWhy() {
    Timetable timetable =
        GameDays.timetable("day", GameDays.cron("0 8,12 * * *", "Europe/Berlin", LIMITS));

    assertThat(
            GameDays.between(
                    timetable,
                    Instant.parse("2025-12-20T00:00:00Z"),
                    Instant.parse("2025-12-21T00:00:00Z"))
                .stream()
                .map(occasion -> occasion.obstacle().orElseThrow().words()))
        .containsExactly("outside of the window 09:00-16:30", "frozen: Christmas");
  }
}
