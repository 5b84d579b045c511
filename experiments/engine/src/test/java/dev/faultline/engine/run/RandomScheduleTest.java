package dev.faultline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.testkit.FakeWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds in every run, whatever schedule, world and user come up with. */
final class RandomScheduleTest {

  private static final int RUNS = 400;

  @TempDir Path root;

  @Test
  void everyRunKeepsThePromises() throws Exception {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (int seed = 0; seed < RUNS; seed++) {
      Random chance = new Random(seed);
      Simulation sim = new Simulation(root.resolve("run" + seed));
      disturb(sim, chance);
      if (chance.nextInt(4) == 0) {
        sim.haltAt(chance.nextDouble(25));
      }
      try {
        Result result = sim.run(schedule(chance));
        outcomes.merge(result.verdict().outcome(), 1, Integer::sum);
        check(sim, result);
      } catch (AssertionError broken) {
        throw new AssertionError("seed %d: %s".formatted(seed, sim.deeds()), broken);
      }
    }
    assertThat(outcomes)
        .as("every kind of end was met")
        .containsKeys(
            Outcome.PASSED,
            Outcome.FAILED,
            Outcome.INCONCLUSIVE,
            Outcome.NOT_READY,
            Outcome.HALTED,
            Outcome.INTERNAL_ERROR,
            Outcome.UNDO_NOT_PROVEN);
  }

  private static String schedule(Random chance) {
    List<String> faults = new ArrayList<>();
    int count = 1 + chance.nextInt(3);
    for (int i = 0; i < count; i++) {
      String after = i > 0 && chance.nextBoolean() ? "'after': 'f%d',".formatted(i - 1) : "";
      faults.add(
          "{'name': 'f%d', 'start': '%ds', %s %s}"
              .formatted(i, chance.nextInt(5), after, kind(i, chance)));
    }
    return "{'gates': [{'name': 'errors', 'prometheus': 'errors', 'below': '1%%' %s}], %s, %s}"
        .formatted(
            chance.nextInt(3) == 0 ? ", 'breach': 'record'" : "",
            "'faults': " + faults,
            "'recovery': {'within': '10s'}");
  }

  private static String kind(int i, Random chance) {
    int lasts = 1 + chance.nextInt(8);
    return switch (chance.nextInt(3)) {
      case 0 -> "'freeze': {}, 'target': {'process': 'p%d'}, 'for': '%ds'".formatted(i, lasts);
      case 1 ->
          ("'custom': {'do': ['break', 'c%1$d'], 'undo': ['mend', 'c%1$d'],"
                  + " 'verify': ['check', 'c%1$d'], 'timeout': '3s'}, 'for': '%2$ds'")
              .formatted(i, lasts);
      default -> "'kill': {}, 'target': {'process': 'p%d'}".formatted(i);
    };
  }

  /** Some worlds are kind, some fail now and then, some never undo, some throw or hang. */
  private static void disturb(Simulation sim, Random chance) {
    for (int i = 0; i < 3; i++) {
      sim.world.process("p" + i, Simulation.seconds(1 + chance.nextInt(6)));
    }
    double from = chance.nextDouble(30);
    double to = from + chance.nextDouble(15);
    int mood = chance.nextInt(6);
    sim.world.answers(
        "errors",
        _ -> {
          boolean now = sim.now() >= from && sim.now() < to;
          return now && mood == 1
              ? new Answer.Unanswered(BlindReason.UNREACHABLE, "gone")
              : sim.world.number(now && mood == 2 ? 1 : 0);
        });
    double failing = chance.nextInt(3) == 0 ? 0.1 : 0;
    double throwing = chance.nextInt(6) == 0 ? 0.01 : 0;
    double hanging = chance.nextInt(4) == 0 ? 0.1 : 0;
    sim.world.twistAction(
        action -> {
          if (!(action instanceof Action.RenewLease) && chance.nextDouble() < hanging) {
            sim.time.sleepDeaf(Simulation.seconds(chance.nextDouble(6)));
          }
          if (chance.nextDouble() < throwing) {
            throw new IllegalStateException("a bug");
          }
          return chance.nextDouble() < failing
              ? Optional.of(new Effect.Failed("bad luck"))
              : Optional.empty();
        });
    if (chance.nextInt(10) == 0) {
      sim.world.twistQuery(
          query ->
              query instanceof Query.CommandStatus || query instanceof Query.ProcessStatus
                  ? Optional.of(new Answer.Unanswered(BlindReason.TIMEOUT, "no answer"))
                  : Optional.empty());
    }
  }

  private static void check(Simulation sim, Result result) {
    if (result.verdict().outcome() != Outcome.UNDO_NOT_PROVEN) {
      assertThat(sim.world.residue()).isEmpty();
    }
    everyEffectHasAnIntent(sim);
    nothingIsIntendedAfterTheEnd(sim.heard);
    undosGoBackwards(sim.heard);
    if (result.verdict().outcome() == Outcome.PASSED) {
      result.summary().plan().orElseThrow().faults().forEach(f -> proven(sim.heard, f.name()));
      assertThat(result.summary().gates())
          .allSatisfy(
              gate ->
                  assertThat(gate.points())
                      .anyMatch(point -> point.status() != GateState.Status.BLIND));
    }
  }

  private static void everyEffectHasAnIntent(Simulation sim) {
    Map<String, Integer> intents = new HashMap<>();
    for (Entry entry : sim.heard) {
      if (entry.event() instanceof Event.StepIntended intended) {
        intents.merge(intended.step().action().describe(), 1, Integer::sum);
      }
    }
    Map<String, Integer> effects = new HashMap<>();
    for (FakeWorld.Deed deed : sim.world.deeds()) {
      boolean undo =
          deed.action().describe().matches("send SIGCONT.*|run mend.*|disarm.*|.*the load");
      if (!undo) {
        effects.merge(deed.action().describe(), 1, Integer::sum);
      }
    }
    effects.forEach(
        (effect, times) ->
            assertThat(times).as(effect).isLessThanOrEqualTo(intents.getOrDefault(effect, 0)));
  }

  private static void nothingIsIntendedAfterTheEnd(List<Entry> heard) {
    Set<String> ended = new HashSet<>();
    boolean stopping = false;
    for (Entry entry : heard) {
      switch (entry.event()) {
        case Event.FaultEnded end -> ended.add(end.fault() + end.occurrence());
        case Event.Stopping _ -> stopping = true;
        case Event.StepIntended step -> {
          assertThat(stopping).isFalse();
          assertThat(ended).doesNotContain(step.ref().fault() + step.ref().occurrence());
        }
        case Event.StepApplied step ->
            assertThat(ended).doesNotContain(step.ref().fault() + step.ref().occurrence());
        default -> {}
      }
    }
  }

  /** Within a fault, a step is undone for the first time only after all that came after it. */
  private static void undosGoBackwards(List<Entry> heard) {
    List<StepRef> intended = new ArrayList<>();
    Map<StepRef, Long> undone = new HashMap<>();
    for (Entry entry : heard) {
      if (entry.event() instanceof Event.StepIntended step && step.step().undo().isPresent()) {
        intended.add(step.ref());
      }
      if (entry.event() instanceof Event.UndoIntended undo) {
        undone.putIfAbsent(undo.ref(), entry.number());
      }
    }
    for (StepRef earlier : intended) {
      for (StepRef later : intended) {
        boolean same = later.fault().equals(earlier.fault()) && later.step() > earlier.step();
        if (same && undone.containsKey(earlier)) {
          assertThat(undone.get(later)).isLessThan(undone.get(earlier));
        }
      }
    }
  }

  private static void proven(List<Entry> heard, String fault) {
    assertThat(heard)
        .anyMatch(
            entry ->
                entry.event() instanceof Event.FaultBegan began
                    && began.fault().equals(fault)
                    && began.evidence().proven());
  }
}
