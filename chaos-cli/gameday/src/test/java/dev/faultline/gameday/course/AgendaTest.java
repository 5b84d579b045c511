package dev.faultline.gameday.course;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.gameday.calendar.GameDays;
import dev.faultline.gameday.calendar.Obstacle;
import dev.faultline.model.document.GameDaySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What becomes of what is due. */
final class AgendaTest {

  private static final Instant NINE = Instant.parse("2026-06-01T09:00:00Z");
  private static final Instant DAY = Instant.parse("2026-06-01T00:00:00Z");

  private static Agenda agenda(String name, String cron, String more) {
    GameDaySpec spec = GameDays.cron(cron, "UTC", more);
    return new Agenda(GameDays.timetable(name, spec), spec);
  }

  private static List<String> told(Agenda.Turn turn) {
    return turn.decisions().stream()
        .map(
            decision ->
                switch (decision) {
                  case Decision.Begin begin -> "begin " + begin.occasion().planned();
                  case Decision.Drop drop -> drop.why() + " " + drop.occasion().planned();
                })
        .toList();
  }

  @Test
  void nothingBeginsBeforeItIsDue() {
    Agenda agenda = agenda("day", "0 * * * *", "");
    Agenda.Turn early = agenda.decide(NINE.minusSeconds(1), NINE.minusMillis(1), false);

    assertThat(early.decisions()).isEmpty();
    assertThat(early.wake()).contains(NINE);
    assertThat(told(agenda.decide(NINE.minusSeconds(1), NINE, false)))
        .containsExactly("begin " + NINE);
  }

  @Test
  void whatWasMissedIsDroppedOrTheLastOfItMadeUpFor() {
    Instant late = NINE.plus(Duration.ofMinutes(150));
    Agenda skips = agenda("day", "0 * * * *", "");
    Agenda makesUp = agenda("day", "0 * * * *", ", 'misfire': 'runOnce'");

    assertThat(told(skips.decide(NINE.minusSeconds(1), late, false)))
        .containsExactly(
            "missed 2026-06-01T09:00:00Z",
            "missed 2026-06-01T10:00:00Z",
            "missed 2026-06-01T11:00:00Z");
    assertThat(told(makesUp.decide(NINE.minusSeconds(1), late, false)))
        .containsExactly(
            "missed 2026-06-01T09:00:00Z",
            "missed 2026-06-01T10:00:00Z",
            "begin 2026-06-01T11:00:00Z");
  }

  @Test
  void whatIsMissedIsNotMadeUpForInAFreezeOrOutsideOfTheWindow() {
    Agenda agenda =
        agenda("day", "0 9 * * *", ", 'misfire': 'runOnce', 'window': {'hours': '08:00-10:00'}");

    assertThat(told(agenda.decide(NINE.minusSeconds(1), NINE.plusSeconds(7_200), false)))
        .containsExactly("missed 2026-06-01T09:00:00Z");
  }

  @Test
  void whatIsStillOnIsNotBegunBesideItself() {
    Agenda forbids = agenda("day", "*/5 * * * *", "");
    Agenda queues = agenda("day", "*/5 * * * *", ", 'concurrency': 'queue'");

    assertThat(told(forbids.decide(NINE.minusSeconds(1), NINE, true)))
        .containsExactly("still on since the time before " + NINE);
    Agenda.Turn waiting = queues.decide(NINE.minusSeconds(1), NINE, true);
    assertThat(waiting.decisions()).isEmpty();
    assertThat(told(queues.decide(NINE.minusSeconds(1), NINE.plusSeconds(200), false)))
        .containsExactly("begin " + NINE);
    assertThat(told(queues.decide(NINE.minusSeconds(1), waiting.wake().orElseThrow(), true)))
        .containsExactly("missed " + NINE);
  }

  /** A virtual clock, and 40 game days; the daemon dies every now and then, at any point. */
  @Test
  void inADayOfTenThousandRunsNoneIsLostAndNoneIsDoubled() {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    Map<String, Agenda> agendas = new HashMap<>();
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "day-" + i;
      agendas.put(name, agenda(name, "*/%d * * * *".formatted(1 + i % 10), limits(i)));
      notes.add(new Note.Followed(name, "", DAY.minusMillis(1)));
    }
    Instant end = DAY.plus(Duration.ofDays(1));
    record Alarm(Instant at, String name) {}
    PriorityQueue<Alarm> alarms =
        new PriorityQueue<>(Comparator.comparing(Alarm::at).thenComparing(Alarm::name));
    agendas.keySet().forEach(name -> alarms.add(new Alarm(DAY, name)));
    Past past = Past.of(notes);
    while (alarms.peek() != null && alarms.peek().at().isBefore(end)) {
      Alarm alarm = alarms.remove();
      Instant now = alarm.at().plusMillis(chance.nextInt(2_000));
      Agenda.Turn turn =
          requireNonNull(agendas.get(alarm.name()))
              .decide(past.decided(alarm.name()).orElseThrow(), now, false);
      boolean dies = chance.nextInt(50) == 0;
      int kept = dies ? chance.nextInt(turn.decisions().size() + 1) : turn.decisions().size();
      for (Decision decision : turn.decisions().subList(0, kept)) {
        Note note = note(alarm.name(), decision, now);
        notes.add(note);
        past.add(note);
      }
      if (dies) {
        past = Past.of(notes);
        alarms.add(new Alarm(now, alarm.name()));
      } else {
        turn.wake().ifPresent(at -> alarms.add(new Alarm(at, alarm.name())));
      }
    }
    assertWhole(agendas, notes, end);
  }

  private static String limits(int day) {
    return switch (day % 4) {
      case 0 -> ", 'jitter': '30s'";
      case 1 -> ", 'freeze': [{'from': '2026-06-01T12:00', 'to': '2026-06-01T12:30'}]";
      case 2 -> ", 'window': {'hours': '01:00-23:00'}";
      default -> "";
    };
  }

  private static Note note(String name, Decision decision, Instant now) {
    Instant planned = decision.occasion().planned();
    return switch (decision) {
      case Decision.Begin _ -> new Note.Begun(name, planned, List.of(name + planned), now);
      case Decision.Drop drop -> new Note.Dropped(name, planned, drop.why(), now);
    };
  }

  private static void assertFirst(Map<String, Set<Instant>> decided, String name, Instant planned) {
    assertThat(decided.computeIfAbsent(name, _ -> new HashSet<>()).add(planned))
        .as("decided once: %s of %s", planned, name)
        .isTrue();
  }

  private static void assertWhole(Map<String, Agenda> agendas, List<Note> notes, Instant end) {
    Set<String> runs = new HashSet<>();
    Map<String, Set<Instant>> decided = new HashMap<>();
    for (Note note : notes) {
      switch (note) {
        case Note.Begun begun -> {
          assertThat(runs.addAll(begun.runs())).as("run once: %s", begun).isTrue();
          assertFirst(decided, begun.gameDay(), begun.planned());
          assertThat(requireNonNull(agendas.get(begun.gameDay())).timetable().obstacle(begun.at()))
              .isEmpty();
        }
        case Note.Dropped dropped -> {
          assertFirst(decided, dropped.gameDay(), dropped.planned());
          assertThat(
                  requireNonNull(agendas.get(dropped.gameDay()))
                      .timetable()
                      .obstacle(dropped.planned()))
              .get()
              .extracting(Obstacle::words)
              .isEqualTo(dropped.why());
        }
        default -> {}
      }
    }
    assertThat(runs).hasSizeGreaterThan(10_000);
    agendas.forEach(
        (name, agenda) -> {
          Instant at = DAY.minusMillis(1);
          for (var next = agenda.timetable().next(at).orElseThrow();
              next.start().isBefore(end.minusSeconds(120));
              next = agenda.timetable().next(next.planned()).orElseThrow()) {
            assertThat(decided.get(name)).as("lost by %s", name).contains(next.planned());
          }
        });
  }
}
