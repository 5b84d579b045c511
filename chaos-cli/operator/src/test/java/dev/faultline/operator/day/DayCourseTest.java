package dev.faultline.operator.day;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.gameday.calendar.Freezes;
import dev.faultline.gameday.calendar.Timetable;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.GameDaySpec;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Status;
import dev.faultline.operator.course.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A game day of a cluster whose objects are run by hand here. */
final class DayCourseTest {

  private static final Instant MORNING = Instant.parse("2026-11-30T08:00:00Z");
  private static final Instant TEN = Instant.parse("2026-11-30T10:00:00Z");
  private static final Instant ELEVEN = Instant.parse("2026-11-30T11:00:00Z");

  private final Map<String, Seen> objects = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private SeenDay day =
      new SeenDay(
          new Seen.Key(Seen.Kind.GAME_DAY, "shop", "mornings"), "u", "1", 1, DayStatus.NONE);
  private DayPlan plan = plan("");

  private static DayPlan plan(String more) {
    GameDaySpec spec =
        Codec.json()
            .readValue(
                """
                {"schedule": {"cron": "0 10,11 * * *", "zone": "UTC"}, "runs": ["a", "b"],
                 "window": {"late": "15m"}%s}
                """
                    .formatted(more),
                GameDaySpec.class);
    Freezes freezes = new Freezes(spec.freeze(), List.of(), spec.schedule().place());
    return new DayPlan(new Agenda(new Timetable("mornings", spec, freezes), spec), spec.runs());
  }

  private void exists(String name) {
    objects.put(
        name,
        new Seen(
            new Seen.Key(Seen.Kind.EXPERIMENT, "shop", name),
            "uid-" + name,
            "1",
            1,
            false,
            false,
            Map.of(Seen.RUN, Seen.ASKED),
            Status.NONE));
  }

  /** One look: what is written is written, and what is wanted is granted. */
  private void look(Instant now) {
    DayTurn turn = turn(now);
    day = day.with(turn.status(), "2");
    for (Wish wish : turn.wishes()) {
      Seen object = wish.object();
      Map<String, String> annotations = new HashMap<>(object.annotations());
      annotations.remove(Seen.AGAIN);
      wish.request().ifPresent(text -> annotations.put(Seen.AGAIN, text));
      put(object, annotations, object.status());
      wish.request().ifPresent(text -> asked.add(object.key().name() + ": " + text));
    }
  }

  private DayTurn turn(Instant now) {
    return new DayCourse(name -> Optional.ofNullable(objects.get(name)).stream().toList(), now)
        .of(day, plan);
  }

  private void put(Seen object, Map<String, String> annotations, Status status) {
    objects.put(
        object.key().name(),
        new Seen(object.key(), object.uid(), "2", 1, false, false, annotations, status));
  }

  private Seen object(String name) {
    return requireNonNull(objects.get(name));
  }

  private void begins(String name) {
    Seen object = object(name);
    put(object, object.annotations(), new Telling(object, TEN).running("run-" + name, "r1"));
  }

  private void ends(String name, Outcome outcome) {
    Seen object = object(name);
    put(
        object,
        object.annotations(),
        new Telling(object, TEN).ended(object.status(), outcome, "so it is"));
  }

  private static Instant after(Instant moment, int seconds) {
    return moment.plusSeconds(seconds);
  }

  @Test
  void whatIsDueIsAskedForOneAfterTheOther() {
    exists("a");
    exists("b");
    look(MORNING);
    assertThat(day.status().phase()).isEqualTo(DayPhase.WAITING);
    assertThat(day.status().next()).contains(TEN);
    look(after(TEN, -1));
    assertThat(asked).isEmpty();

    look(TEN);
    assertThat(day.status().phase()).isEqualTo(DayPhase.RUNNING);
    assertThat(day.status().next()).contains(ELEVEN);
    assertThat(asked).as("before it stands in the status").isEmpty();
    look(after(TEN, 2));
    look(after(TEN, 4));
    assertThat(asked).containsExactly("a: game day mornings, 2026-11-30T10:00:00Z");

    begins("a");
    look(after(TEN, 6));
    ends("a", Outcome.PASSED);
    look(after(TEN, 60));
    assertThat(asked).hasSize(2).last().asString().startsWith("b: ");
    begins("b");
    ends("b", Outcome.PASSED);
    look(after(TEN, 90));

    assertThat(day.status().phase()).isEqualTo(DayPhase.WAITING);
    assertThat(day.status().verdict()).contains("passed");
    assertThat(day.status().events()).hasSize(3).last().asString().contains("b: passed");
    look(after(TEN, 100));
    assertThat(asked).hasSize(2);
  }

  @Test
  void anotherLeaderGoesOnFromTheStatusAlone() {
    exists("a");
    exists("b");
    look(MORNING);
    look(TEN);
    look(after(TEN, 2));
    // Whoever wrote the status died before it asked: the next one asks.
    objects.put(
        "a", new Seen(object("a").key(), "uid-a", "1", 1, false, false, Map.of(), Status.NONE));
    asked.clear();
    day = day.with(DayStatus.read(day.status().patch()).orElseThrow(), "3");
    look(after(TEN, 20));
    assertThat(asked).hasSize(1);
  }

  @Test
  void afterOneThatDidNotPassTheOthersDoNotBeginUnlessTheyShall() {
    exists("a");
    exists("b");
    look(MORNING);
    run("a", Outcome.FAILED);
    assertThat(asked).hasSize(1);
    assertThat(day.status().verdict()).contains("failed");
    assertThat(day.status().events()).last().asString().contains("b: not begun");

    plan = plan(", \"onFailure\": \"continue\"");
    day = new SeenDay(day.key(), "u", "1", 1, DayStatus.NONE);
    asked.clear();
    exists("a");
    exists("b");
    look(MORNING);
    run("a", Outcome.FAILED);
    assertThat(asked).hasSize(2);
  }

  @Test
  void afterAHaltNothingBeginsWhateverTheFileSays() {
    plan = plan(", \"onFailure\": \"continue\"");
    exists("a");
    exists("b");
    look(MORNING);
    run("a", Outcome.HALTED);
    assertThat(asked).hasSize(1);
    assertThat(day.status().exitCode()).contains(6);
  }

  private void run(String name, Outcome outcome) {
    look(TEN);
    look(after(TEN, 2));
    begins(name);
    look(after(TEN, 4));
    ends(name, outcome);
    look(after(TEN, 6));
  }

  @Test
  void allAtOnceWhereTheOrderIsParallel() {
    plan = plan(", \"order\": \"parallel\"");
    exists("a");
    exists("b");
    look(MORNING);
    look(TEN);
    look(after(TEN, 2));
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatCannotBeginInTimeIsNotBegunLater() {
    exists("a");
    exists("b");
    look(MORNING);
    look(TEN);
    look(after(TEN, 2));
    assertThat(object("a").requested()).isPresent();

    look(TEN.plus(Duration.ofMinutes(16)));
    assertThat(object("a").requested()).as("taken back").isEmpty();
    look(TEN.plus(Duration.ofMinutes(17)));
    assertThat(day.status().verdict()).contains("not ready");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatIsNotThereIsSaid() {
    look(MORNING);
    look(TEN);
    look(after(TEN, 2));
    assertThat(day.status().exitCode()).contains(5);
    assertThat(day.status().events())
        .anyMatch(line -> line.contains("no experiment and no rollout"));
  }

  @Test
  void aFrozenTimeIsDroppedAndAChangeCountsFromItself() {
    plan = plan(", \"freeze\": [{\"date\": \"2026-11-30\", \"reason\": \"sale\"}]");
    look(MORNING);
    look(after(TEN, 1));
    assertThat(day.status().events()).last().asString().contains("dropped", "frozen: sale");

    plan = plan("");
    day = new SeenDay(day.key(), "u", "2", 2, day.status());
    look(after(TEN, 5));
    assertThat(day.status().firing()).as("ten o'clock is over").isEmpty();
    assertThat(day.status().next()).contains(ELEVEN);
  }

  @Test
  void oneThatIsRefusedGoesOnWithWhatIsOnAndIsFollowedOnceItIsMended() {
    exists("a");
    exists("b");
    look(MORNING);
    look(TEN);
    look(after(TEN, 2));
    begins("a");
    SeenDay changed = new SeenDay(day.key(), "u", "2", 2, day.status());
    DayCourse course =
        new DayCourse(name -> Optional.ofNullable(objects.get(name)).stream().toList(), TEN);
    DayStatus refused = course.refused(changed, "Invalid", "no such word").status();
    assertThat(refused.phase()).isEqualTo(DayPhase.REFUSED);
    assertThat(refused.message()).contains("no such word");
    assertThat(refused.firing()).isPresent();
    ends("a", Outcome.PASSED);
    DayTurn later = course.refused(changed.with(refused, "3"), "Invalid", "no such word");
    assertThat(later.wishes()).hasSize(1);
    assertThat(later.status().phase()).isEqualTo(DayPhase.REFUSED);

    DayStatus followed = course.of(changed.with(later.status(), "4"), plan).status();
    assertThat(followed.phase()).isEqualTo(DayPhase.RUNNING);
    assertThat(followed.message()).isEmpty();
    assertThat(followed.next()).contains(ELEVEN);
  }

  @Test
  void noOccasionIsLostOrDoubledWhateverTheLeaderMisses() {
    Random chance = new Random(7);
    exists("a");
    exists("b");
    look(MORNING);
    Instant now = MORNING;
    while (now.isBefore(MORNING.plus(Duration.ofDays(20)))) {
      now = now.plusSeconds(1 + chance.nextInt(90));
      SeenDay before = day;
      Map<String, Seen> things = Map.copyOf(objects);
      look(now);
      if (chance.nextInt(4) == 0) {
        // It died after the status was written, and before anything was asked for.
        objects.putAll(things);
      } else if (chance.nextInt(4) == 0) {
        // Its write was refused, and with it all that follows.
        day = before;
        objects.putAll(things);
      }
      for (String name : List.of("a", "b")) {
        Seen object = object(name);
        if (object.status().phase().live()) {
          ends(name, Outcome.PASSED);
        } else if (!object.requested().equals(object.status().requested())) {
          begun.merge(object.requested().orElseThrow() + name, 1, Integer::sum);
          begins(name);
        }
      }
    }
    assertThat(begun.values()).containsOnly(1);
    assertThat(begun).hasSize(2 * 2 * 20);
  }

  private final Map<String, Integer> begun = new HashMap<>();

  @Test
  void aStatusIsReadAsItWasWrittenAndStaysSmall() {
    exists("a");
    exists("b");
    look(MORNING);
    look(TEN);
    look(after(TEN, 2));
    assertThat(DayStatus.read(day.status().patch())).contains(day.status());
    assertThat(DayStatus.read(Codec.json().readTree("{\"phase\": \"Flying\"}"))).isEmpty();
    assertThat(DayStatus.read(Codec.json().nullNode())).contains(DayStatus.NONE);
    DayStatus status = day.status();
    for (int i = 0; i < 1_000; i++) {
      status = status.saying(TEN, "x".repeat(5_000));
    }
    assertThat(status.patch().toString().length()).isLessThan(65_536);
  }
}
