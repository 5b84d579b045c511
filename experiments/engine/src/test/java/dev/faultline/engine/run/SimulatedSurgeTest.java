package dev.faultline.engine.run;

import static dev.faultline.engine.run.Simulation.phases;
import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.ObservationSummary;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that surges, and what is observed beside the gates. */
final class SimulatedSurgeTest {

  private static final String STEPPED =
      """
      {'load': {'http': 'http://127.0.0.1:1/', 'steps': ['5/s', '10/s', '20/s'], 'each': '5s'},
       'gates': [{'name': 'errors', 'prometheus': 'errors', 'below': '1%'}],
       'observe': [{'breaker': 'state'}], 'recovery': {'within': '5s'}}
      """;

  private Simulation sim;
  private boolean surging;

  @BeforeEach
  void newWorld(@TempDir Path root) {
    sim = new Simulation(root);
    sim.world.series("errors", () -> 0).series("state", () -> surging ? 2 : 0);
  }

  private void whileSurging(double errors) {
    sim.world
        .twistAction(
            action -> {
              surging =
                  action instanceof Action.SurgeLoad
                      || (surging && !(action instanceof Action.EndSurge));
              return Optional.empty();
            })
        .series("errors", () -> surging ? errors : 0);
  }

  @Test
  void stepsOfALoadNeedNoFaultAndAreTakenBack() throws Exception {
    Result result = sim.run(STEPPED);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(phases(result))
        .containsExactly(Phase.PREPARE, Phase.BASELINE, Phase.FAULTS, Phase.RECOVERY, Phase.CLOSED);
    double began = sim.when(Event.FaultBegan.class, fault -> fault.fault().equals("surge"));
    double ended = sim.when(Event.FaultEnded.class, fault -> fault.fault().equals("surge"));
    assertThat(ended - began).isBetween(10.0, 10.5);
    assertThat(sim.deeds())
        .containsSubsequence(
            "start load http://127.0.0.1:1/ at 5/s",
            "let the load go to 10/s, 20/s, each for 5s",
            "let the load go back to its own rate",
            "stop the load");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aBreachTakesTheLoadBackAtOnce() throws Exception {
    whileSurging(0.5);
    Result result = sim.run(STEPPED);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(sim.when(Event.FaultEnded.class, _ -> true))
        .isLessThan(sim.when(Event.FaultBegan.class, _ -> true) + 3);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aSurgeThatIsNotSentProvesNothing() throws Exception {
    sim.world.twistQuery(
        query ->
            query instanceof Query.LoadRate
                ? Optional.of(new Answer.RateIs(surging, 10, 4))
                : Optional.empty());
    whileSurging(0);
    Result result = sim.run(STEPPED);

    assertThat(result.verdict().reasons())
        .anySatisfy(reason -> assertThat(reason.words()).contains("10/s asked, 4/s sent, surging"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void whatIsObservedIsRecordedAndNeverJudged() throws Exception {
    whileSurging(0);
    Result result = sim.run(STEPPED);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    ObservationSummary breaker = result.summary().observations().getFirst();
    assertThat(breaker.observed().title()).isEqualTo("breaker");
    assertThat(breaker.points()).hasSizeGreaterThan(10);
    assertThat(breaker.points().stream().map(point -> point.readings().toString()).distinct())
        .hasSize(2);
  }

  @Test
  void anObservationThatCannotBeReadHarmsNothing() throws Exception {
    Result result = sim.run(STEPPED.replace("'state'", "'no such series'"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
  }
}
