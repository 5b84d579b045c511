package dev.faultline.engine.run;

import static dev.faultline.engine.run.Simulation.reasons;
import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.GateSummary;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates that bring their own bound along, from their first look to the verdict. */
final class SimulatedGatesTest {

  private static final String FREEZE =
      "{'gates': [{'name': 'quiet', %s}],"
          + " 'faults': [{'freeze': {}, 'target': {'process': 'db'}, 'for': '20s'}],"
          + " 'recovery': {'within': '20s'}}";
  private static final String ALERT =
      "'alert': {'name': 'Down', 'file': 'rules.yaml',"
          + " 'rule': {'expr': 'up == 0', 'lasting': '3s'}}";
  private static final String BURN_RATE =
      "'burnRate': {'errors': 'errors[$window]', 'objective': '99.9%', 'windows':"
          + " [{'long': '1m', 'short': '10s', 'factor': '14.4'},"
          + " {'long': '1h', 'short': '2m', 'factor': '6'}]}";

  @TempDir Path root;
  private Simulation sim;

  @BeforeEach
  void aWorld() {
    sim = new Simulation(root);
    sim.world.process("db");
  }

  private Answer firing() {
    return new Answer.Series(
        List.of(
            new Answer.OneSeries(
                Map.of("job", "db"), List.of(new Answer.Sample(Instant.EPOCH, 0)))),
        List.of(),
        Duration.ZERO);
  }

  @Test
  void anAlertThatFiresForItsTimeEndsTheFaultAndIsNamed() throws Exception {
    Answer silent = new Answer.Series(List.of(), List.of(), Duration.ZERO);
    sim.world.answers("up == 0", _ -> sim.world.isDown("db") ? firing() : silent);

    Result result = sim.run(FREEZE.formatted(ALERT));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(reasons(result))
        .containsExactly(
            "gate quiet must be equal to 0 alerts firing and reads firing for {job=db}, while a"
                + " fault was in force");
    assertThat(
            sim.when(Event.Stopping.class, _ -> true) - sim.when(Event.FaultBegan.class, _ -> true))
        .as("its 'for' is 3 s")
        .isBetween(2.0, 5.0);
  }

  @ParameterizedTest
  @CsvSource({
    "'before', none",
    "'before|after', none",
    "'after', none",
    "'during', BREACHED",
    "'during|after', BREACHED"
  })
  void aGateIsBreachedAndFeltOnlyWhileItCounts(String when, String breached) throws Exception {
    sim.world.series("up", () -> sim.world.isDown("db") ? 0 : 1);
    String signal =
        "'prometheus': 'up', 'equals': 1, 'breach': 'record', 'when': ['%s']"
            .formatted(when.replace("|", "','"));

    Result result = sim.run(FREEZE.formatted(signal));

    assertThat(result.summary().gates().getFirst().points())
        .extracting(GateSummary.Point::status)
        .contains(GateState.Status.INSIDE)
        .contains(breached.equals("none") ? GateState.Status.OUTSIDE : GateState.Status.BREACHED)
        .doesNotContain(
            breached.equals("none") ? GateState.Status.BREACHED : GateState.Status.OUTSIDE);
    assertThat(result.summary().figures().impact().isPresent()).isEqualTo(!breached.equals("none"));
    assertThat(result.summary().figures().alert().isPresent()).isEqualTo(!breached.equals("none"));
    assertThat(result.verdict().outcome())
        .isEqualTo(breached.equals("none") ? Outcome.PASSED : Outcome.FAILED);
  }

  @Test
  void aGateThatCountsAfterwardsAloneIsOutsideForItsTimeFromThereOn() throws Exception {
    Duration[] over = {Duration.ZERO};
    sim.world.series("up", () -> sim.world.isDown("db") || lagging(over) ? 0 : 1);

    Result result =
        sim.run(
            FREEZE.formatted(
                "'prometheus': 'up', 'equals': 1, 'lasting': '6s', 'when': ['after']"));

    assertThat(result.summary().gates().getFirst().counted())
        .extracting(GateSummary.Point::status)
        .startsWith(GateState.Status.OUTSIDE)
        .doesNotContain(GateState.Status.BREACHED);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  /** Whether it is less than 4 s since the process went on. */
  private boolean lagging(Duration[] over) {
    if (over[0].isZero() && sim.heard.stream().anyMatch(SimulatedGatesTest::isEnd)) {
      over[0] = sim.time.ticks();
    }
    return !over[0].isZero() && sim.time.ticks().compareTo(over[0].plusSeconds(4)) < 0;
  }

  private static boolean isEnd(Entry entry) {
    return entry.event() instanceof Event.FaultEnded;
  }

  @Test
  void aSourceThatGivesUpHasAMomentToSaySo() throws Exception {
    sim.world.twistQuery(
        query -> {
          if (!(query instanceof Query.HttpProbe)) {
            return Optional.empty();
          }
          try {
            sim.time.sleep(Duration.ofMillis(1100));
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
          return Optional.of(new Answer.Unanswered(BlindReason.TIMEOUT, "gave up"));
        });

    Result result =
        sim.run(
            FREEZE.formatted(
                "'http': {'url': 'http://web/', 'read': 'ok', 'timeout': '500ms'}, 'equals': 0"));

    assertThat(result.summary().gates().getFirst().points())
        .extracting(GateSummary.Point::reading)
        .isNotEmpty()
        .allSatisfy(reading -> assertThat(reading).isInstanceOf(Reading.Value.class));
  }

  @Test
  void theReasonSaysWhichPairOfWindowsBurned() throws Exception {
    sim.world.series("errors[1m]", () -> sim.world.isDown("db") ? 0.002 : 0);
    sim.world.series("errors[10s]", () -> sim.world.isDown("db") ? 0.5 : 0);
    sim.world.series("errors[1h]", () -> sim.world.isDown("db") ? 0.0075 : 0);
    sim.world.series("errors[2m]", () -> sim.world.isDown("db") ? 0.009 : 0);

    Result result = sim.run(FREEZE.formatted(BURN_RATE));

    assertThat(reasons(result))
        .containsExactly(
            "gate quiet must be below 14.4× over 1m and 10s, 6× over 1h and 2m and reads burns 7.5×"
                + " over 1h and 9× over 2m, limit 6×, while a fault was in force");
  }

  @Test
  void thePlanSaysWhatTheRunIsTooShortFor() throws Exception {
    sim.world.answers("up == 0", _ -> firing());
    sim.world.series("errors[1m]", () -> 0);
    for (String window : List.of("10s", "1h", "2m")) {
      sim.world.series("errors[%s]".formatted(window), () -> 0);
    }

    assertThat(sim.engine.plan(Simulation.experiment(FREEZE.formatted(BURN_RATE)), 1).notes())
        .anyMatch(note -> note.contains("Gate quiet: its window of 1h is longer than the run"))
        .anyMatch(note -> note.contains("once breached it may take 2m to see the end of it"));
    assertThat(sim.engine.plan(Simulation.experiment(FREEZE.formatted(ALERT)), 1).notes())
        .anyMatch(note -> note.contains("it reads no series as silence"));
  }

  @Test
  void whatAGateReadBeforeItCountsIsNoBreachOfIt() throws Exception {
    sim.world.series("down", () -> sim.world.isDown("db") && sim.now() > heldSince() + 3 ? 1 : 0);

    Result result =
        sim.run(
            FREEZE.formatted(
                "'prometheus': 'down', 'equals': 1, 'lasting': '4s', 'when': ['during']"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.summary().figures().impact()).as("it was outside before").isEmpty();
    assertThat(result.summary().figures().alert()).isEmpty();
  }

  @Test
  void oneThatNeverComesInsideIsBreachedFromTheFaultOn() throws Exception {
    sim.world.series("down", () -> 0);

    Result result =
        sim.run(
            FREEZE.formatted(
                "'prometheus': 'down', 'equals': 1, 'lasting': '4s', 'when': ['during']"));

    assertThat(stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(sim.when(Event.Stopping.class, _ -> true) - heldSince()).isBetween(3.0, 6.0);
  }

  private double heldSince() {
    return sim.when(Event.StepIntended.class, _ -> true);
  }
}
