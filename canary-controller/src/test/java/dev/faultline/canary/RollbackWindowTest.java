package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RolloutSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries that have all traffic and are not promoted yet. */
class RollbackWindowTest {

  private static final int STRIDE = 9;

  @TempDir Path root;

  private static final RolloutSpec SPEC = spec("10m");

  private static RolloutSpec spec(String window) {
    return RolloutSimulation.spec(
        RolloutSimulation.SPEC.replace(
            "'warmUp'", "'rollbackWindow': '%s', 'warmUp'".formatted(window)));
  }

  private static Optional<Duration> promoted(Result result) {
    return result.summary().rollout().flatMap(RolloutSummary::promoted).map(one -> one.elapsed());
  }

  @Test
  void aCanaryIsPromotedWhenTheWindowIsOver() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    double[] seen = new double[1];
    trial.at(500, () -> seen[0] = trial.share());

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(seen[0]).isEqualTo(1);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(promoted(result).orElseThrow())
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(14));
    assertThat(result.summary().rollout().orElseThrow().holds())
        .hasSizeBetween(3, 5)
        .allMatch(
            held -> held.what().words().matches("100%: stable is kept ready for \\d+ s more"));
  }

  @Test
  void aBreachInTheWindowBringsAllTrafficBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    double[] errors = {0};
    trial.world.series("errors", () -> errors[0]);
    trial.at(500, () -> errors[0] = 0.5);

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(promoted(result)).isEmpty();
    assertThat(trial.share()).isZero();
    assertThat(result.summary().open()).isEmpty();
  }

  @Test
  void aStableThatCountsNothingAnyMoreIsNoReasonToGoBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(200, () -> trial.prometheusGone = true);

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(trial.share()).isEqualTo(1);
  }

  @Test
  void whoIsKilledInTheWindowLeavesNoHalfPromotion() throws Exception {
    Mortality whole = new Mortality(Integer.MAX_VALUE);
    var _ = new RolloutSimulation(Files.createTempDirectory(root, "whole"), whole).run(spec("5s"));
    for (int at = whole.passed() - 1; at > whole.passed() / 2; at -= STRIDE) {
      Path folder = Files.createTempDirectory(root, "killed");
      RolloutSimulation trial = new RolloutSimulation(folder, new Mortality(at));
      try {
        var _ = trial.run(spec("5s"));
      } catch (Mortality.Killed _) {
        // As it was to be.
      }

      var _ = trial.engine(folder, Mortality.NEVER).undo(Optional.empty(), _ -> {});

      boolean kept =
          trial.engine(folder, Mortality.NEVER).store().all().getFirst().read().entries().stream()
              .anyMatch(entry -> entry.event() instanceof Event.Promoted);
      assertThat(trial.share()).as("killed at %d", at).isEqualTo(kept ? 1 : 0);
    }
  }
}
