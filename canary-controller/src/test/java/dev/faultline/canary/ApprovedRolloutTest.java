package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.journal.Approvals;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts that wait for a person. */
class ApprovedRolloutTest {

  @TempDir Path root;

  private static RolloutSpec spec(String approve) {
    return RolloutSimulation.spec(
        RolloutSimulation.SPEC.replace("'hold': '30s'", "'hold': '30s', 'approve': " + approve));
  }

  private void approve() {
    try {
      new Approvals(new RunStore(root).all().getFirst())
          .give(0, new Approvals.Approval("ann", "looks good"));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static Duration span(Result result) {
    return result.summary().lasted();
  }

  @Test
  void itGoesOnWhenAPersonSaysSo() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(1_500, this::approve);

    Result result = trial.run(spec("{}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(span(result)).isGreaterThan(Duration.ofMinutes(25));
  }

  @Test
  void whatWasSaidBeforehandCountsWhenItIsAsked() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(5, this::approve);

    Result result = trial.run(spec("{}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(span(result)).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void allTrafficGoesBackWhereNobodySaysSo() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result = trial.run(spec("{'within': '20m'}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PAUSED);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.NOT_APPROVED);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .isEqualTo("nobody approved that it goes on from 20% within 1200 s");
    assertThat(trial.share()).isZero();
    assertThat(span(result)).isGreaterThan(Duration.ofMinutes(20));
  }

  @Test
  void aBadCanaryIsFoundOutWhileItWaits() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(300, () -> trial.canaryBad = 0.4);

    Result result = trial.run(spec("{}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(trial.share()).isZero();
    assertThat(span(result)).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void anApprovalDoesNotOverruleEvidenceThatLeans() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(300, () -> trial.canaryBad = 0.4);
    trial.at(306, this::approve);

    Result result = trial.run(spec("{}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(
            result.summary().steps().stream()
                .map(step -> step.step().action().describe())
                .filter(words -> words.startsWith("send")))
        .hasSize(1);
  }

  @Test
  void aFileThatIsNoApprovalIsNone() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(
        300,
        () -> {
          try {
            Path folder = new RunStore(root).all().getFirst().path();
            java.nio.file.Files.writeString(folder.resolve("approval-1.json"), "{");
          } catch (IOException full) {
            throw new UncheckedIOException(full);
          }
        });

    Result result = trial.run(spec("{'within': '10m'}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PAUSED);
  }
}
