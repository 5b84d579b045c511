package dev.faultline.gameday.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.schedule.Cron;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

/** When a schedule is due, also on the days on which clocks are set. */
final class MomentsTest {

  private static List<String> moments(String cron, String zone, String from, String to) {
    return GameDays.between(
            GameDays.timetable("day", GameDays.cron(cron, zone, "")),
            Instant.parse(from),
            Instant.parse(to))
        .stream()
        .map(occasion -> occasion.planned().toString())
        .toList();
  }

  @Test
  void anHourThatIsLeftOutIsDueWhenItIsLeftOut() {
    assertThat(
            moments("30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", "2026-03-31T00:00:00Z"))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void whatIsDueSeveralTimesInALeftOutHourIsDueOnce() {
    assertThat(
            moments(
                "0,20,40 1-3 * * *",
                "Europe/Berlin",
                "2026-03-29T00:30:00Z",
                "2026-03-29T02:30:00Z"))
        .containsExactly(
            "2026-03-29T00:40:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:20:00Z",
            "2026-03-29T01:40:00Z");
  }

  @Test
  void anHourThatComesTwiceCountsTheFirstTime() {
    assertThat(
            moments("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-27T00:00:00Z"))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void aScheduleOfEachHourGoesOnWhileTheClockIsSetBack() {
    assertThat(
            moments(
                "*/30 * * * *", "Europe/Berlin", "2026-10-24T23:59:00Z", "2026-10-25T02:31:00Z"))
        .containsExactly(
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-25T02:30:00Z");
  }

  @Test
  void halfAnHourAndAWholeDayAreLeftOutAlike() {
    assertThat(
            moments(
                "15 2 * * *",
                "Australia/Lord_Howe",
                "2026-10-02T18:00:00Z",
                "2026-10-05T00:00:00Z"))
        .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
    assertThat(moments("0 9 * * *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z"))
        .containsExactly(
            "2011-12-29T19:00:00Z",
            "2011-12-30T10:00:00Z",
            "2011-12-30T19:00:00Z",
            "2011-12-31T19:00:00Z");
  }

  @Test
  void aMomentIsDueOnce() {
    Timetable once =
        GameDays.timetable(
            "day",
            GameDays.spec("{'schedule': {'at': '2026-12-01T10:00:00+01:00'}, 'runs': ['a.yaml']}"));

    assertThat(once.next(Instant.parse("2026-12-01T08:59:59Z")).orElseThrow().planned())
        .isEqualTo("2026-12-01T09:00:00Z");
    assertThat(once.next(Instant.parse("2026-12-01T09:00:00Z"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 29 2 *, 2096-02-29T00:00:00, 2104-02-29T00:00",
    "0 10 13 * 5, 2026-01-01T00:00:00, 2026-01-02T10:00",
    "0 10 * * SUN, 2026-01-01T00:00:00, 2026-01-04T10:00",
    "0 10 * * 7, 2026-01-01T00:00:00, 2026-01-04T10:00",
    "5-15/5 0 1 jan *, 2026-01-01T00:05:30, 2026-01-01T00:10",
  })
  void cronIsReadAsEverybodyReadsIt(String cron, String after, String next) {
    assertThat(Cron.parse(cron).next(LocalDateTime.parse(after)).orElseThrow())
        .isEqualTo(LocalDateTime.parse(next));
  }

  /** Quartz restricts one of the two days at most, and counts the days of the week from 1. */
  @Test
  void anotherReaderOfCronComesToTheSame() throws Exception {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int i = 0; i < 3_000; i++) {
      String minute = field(chance, 0, 59);
      String hour = field(chance, 0, 23);
      String month = field(chance, 1, 12);
      boolean byWeekday = chance.nextInt(3) == 0;
      int weekday = chance.nextInt(7);
      String day = byWeekday ? "*" : field(chance, 1, 28);
      LocalDateTime after =
          LocalDateTime.ofEpochSecond(
              1_700_000_000L + chance.nextInt(300_000_000), 0, ZoneOffset.UTC);
      CronExpression theirs =
          new CronExpression(
              "0 %s %s %s %s %s"
                  .formatted(
                      minute,
                      hour,
                      byWeekday ? "?" : day,
                      month,
                      byWeekday ? String.valueOf(weekday + 1) : "?"));
      theirs.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
      Optional<LocalDateTime> expected =
          Optional.ofNullable(
                  theirs.getNextValidTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC))))
              .map(found -> LocalDateTime.ofInstant(found.toInstant(), ZoneOffset.UTC));
      String text =
          "%s %s %s %s %s"
              .formatted(minute, hour, day, month, byWeekday ? String.valueOf(weekday) : "*");

      assertThat(Cron.parse(text).next(after)).as("%s after %s", text, after).isEqualTo(expected);
    }
  }

  private static String field(RandomGenerator chance, int least, int most) {
    int one = chance.nextInt(least, most + 1);
    int other = chance.nextInt(one, most + 1);
    return switch (chance.nextInt(6)) {
      case 0, 1 -> "*";
      case 2 -> String.valueOf(one);
      case 3 -> "%d-%d".formatted(one, other);
      case 4 -> "*/" + chance.nextInt(1, Math.min(most, 20) + 1);
      default -> one == other ? String.valueOf(one) : one + "," + other;
    };
  }
}
