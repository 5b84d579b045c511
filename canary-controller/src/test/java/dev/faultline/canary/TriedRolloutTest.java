package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts in one step of which both versions bear the same faults at the same time. */
class TriedRolloutTest {

  private static final String TRIAL =
      "{'weight': '50%', 'hold': '10s', 'faults': ["
          + "{'latency': {'delay': '300ms'}, 'target': {'link': {'from': 'v1', 'to': 'inventory'}}, 'for': '40s'}]}";

  @TempDir Path root;

  private static RolloutSpec spec(String steps) {
    return RolloutSimulation.spec(
        RolloutSimulation.SPEC.replaceFirst("'steps': \\[.*\\],\n", "'steps': [" + steps + "],\n"));
  }

  private static RolloutSpec spec() {
    return spec("{'weight': '20%', 'hold': '20s'}, " + TRIAL);
  }

  private static List<String> faults(Result result) {
    return result.summary().steps().stream().map(step -> step.ref().fault()).distinct().toList();
  }

  private static StepSummary step(Result result, String fault) {
    return result.summary().steps().stream()
        .filter(step -> step.ref().fault().equals(fault))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCanaryThatBearsTheFaultsAsStableDoesIsPromoted() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.stableTried = 0.05;
    trial.canaryTried = 0.05;

    Result result = trial.run(spec());

    assertThat(RolloutSimulation.reasons(result)).hasSize(1);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(faults(result))
        .containsExactly(
            "canary", "step2.latency-v1-inventory.stable", "step2.latency-v1-inventory.canary");
    assertThat(trial.world.residue()).isEmpty();
    StepSummary first = step(result, "step2.latency-v1-inventory.stable");
    StepSummary other = step(result, "step2.latency-v1-inventory.canary");
    assertThat(other.intended().minus(first.intended()).abs()).isLessThan(Duration.ofSeconds(2));
    assertThat(first.ended().orElseThrow().minus(first.effective().orElseThrow()))
        .isBetween(Duration.ofSeconds(39), Duration.ofSeconds(42));
  }

  @Test
  void aCanaryThatIsWorseOnlyUnderTheFaultsIsFoundOut() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryTried = 0.4;

    Result result = trial.run(spec());

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.CANARY_WORSE);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("errors under the faults of step 2: the canary is worse than stable at 50%");
    assertThat(trial.share()).isZero();
    assertThat(trial.world.residue()).isEmpty();
  }

  /** What is under way at the stop holds nothing up. */
  @Test
  void trafficGoesBackBeforeTheFaultsAreWithdrawn() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryTried = 0.4;

    Result result = trial.run(spec());

    Duration stopped = result.summary().stops().getFirst().elapsed();
    Duration back =
        result.summary().steps().stream()
            .filter(step -> step.ref().fault().equals(RolloutSpec.SHIFT))
            .filter(step -> step.ref().step() == RolloutState.SHIFT)
            .flatMap(step -> step.ended().stream())
            .findFirst()
            .orElseThrow();
    assertThat(back.minus(stopped)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void whatIsBadForBothUnderTheFaultsIsNoReason() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.stableTried = 0.6;
    trial.canaryTried = 0.6;

    assertThat(trial.run(spec()).verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void faultsThatEndTooSoonToBeSureEndItInDoubt() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.stableTried = 0;
    trial.canaryTried = 0.5;

    Result result =
        trial.run(spec("{'weight': '20%', 'hold': '20s'}, " + TRIAL.replace("40s", "12s")));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("the faults were over too soon to be sure");
    assertThat(trial.share()).isZero();
  }

  @Test
  void aFaultThatBothMeetIsDoneOnce() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result =
        trial.run(
            spec(
                TRIAL.replace(
                    "{'link': {'from': 'v1', 'to': 'inventory'}}", "{'service': 'inventory'}")));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(faults(result)).containsExactly("canary", "step1.latency-inventory");
  }

  @Test
  void thePromotionSaysWhatTheTrialHasShown() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result = trial.run(spec());

    assertThat(
            result
                .summary()
                .rollout()
                .flatMap(RolloutSummary::promoted)
                .map(RunSummary.Timed::what))
        .map(end -> end.words())
        .get(STRING)
        .contains("errors (")
        .contains("errors under the faults of step 2 (");
    assertThat(Optional.of(result.verdict().outcome())).contains(Outcome.PASSED);
  }
}
