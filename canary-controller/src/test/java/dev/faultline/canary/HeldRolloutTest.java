package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.journal.Approvals;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RolloutSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts whose canary keeps its part after a breach, until a person decides. */
class HeldRolloutTest {

  private static final int STRIDE = 9;

  @TempDir Path root;

  private static RolloutSpec spec(String more) {
    return RolloutSimulation.spec(
        RolloutSimulation.SPEC.replace("'warmUp'", "'onBreach': " + more + ", 'warmUp'"));
  }

  /** A gate that is outside at the first step, from its tenth second or so on. */
  private RolloutSimulation breached() {
    RolloutSimulation trial = new RolloutSimulation(root);
    breach(trial, 30);
    return trial;
  }

  private static void breach(RolloutSimulation trial, double from) {
    double[] errors = {0};
    trial.world.series("errors", () -> errors[0]);
    trial.at(from, () -> errors[0] = trial.share() > 0 ? 0.5 : 0);
  }

  private void approve(int step) {
    try {
      new Approvals(new RunStore(root).all().getFirst())
          .ofBreaches()
          .give(step, new Approvals.Approval("ann", "known"));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static List<String> sent(RolloutSimulation trial) {
    return trial.world.deeds().stream()
        .map(Object::toString)
        .filter(deed -> deed.contains("send "))
        .map(deed -> deed.replaceAll(".*send (all|[0-9.]+%).*", "$1"))
        .toList();
  }

  private static List<RolloutSummary.Consent> consents(Result result) {
    return result.summary().rollout().orElseThrow().consents().stream()
        .map(one -> one.what())
        .toList();
  }

  @Test
  void theCanaryKeepsItsPartAndGoesBackWhenNobodyDecides() throws Exception {
    RolloutSimulation trial = breached();
    double[] seen = new double[1];
    trial.at(200, () -> seen[0] = trial.share());

    Result result = trial.run(spec("{'then': 'hold', 'within': '5m'}"));

    assertThat(seen[0]).isEqualTo(0.2);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .startsWith("gate errors must be below 10% and reads 50%")
        .endsWith("; nobody approved that it goes on from 20% within 300 s");
    assertThat(trial.share()).isZero();
    assertThat(result.summary().open()).isEmpty();
    assertThat(result.summary().lasted()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(9));
  }

  @Test
  void aCanaryThatIsWorseIsHeldToo() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 0.3;

    Result result = trial.run(spec("{'then': 'hold', 'within': '5m'}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.CANARY_WORSE);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("errors: the canary is worse than stable at 20%", "nobody approved");
    assertThat(trial.share()).isZero();
  }

  @Test
  void aPersonLetsItGoOnAndTheVerdictDoesNotForgetTheBreach() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    double[] errors = {0};
    trial.world.series("errors", () -> errors[0]);
    trial.at(30, () -> errors[0] = 0.5);
    trial.at(95, () -> errors[0] = 0);
    trial.at(100, () -> approve(0));

    Result result = trial.run(spec("'hold'"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(RolloutSimulation.reasons(result))
        .hasSize(2)
        .anySatisfy(
            words ->
                assertThat(words)
                    .startsWith("it went on although gate errors must be below 10% and reads 50%")
                    .endsWith("approved by ann: known"));
    assertThat(consents(result)).hasSize(1);
    assertThat(sent(trial)).containsSubsequence("20%", "50%", "100%");
  }

  @Test
  void anApprovalIsForOneStepAlone() throws Exception {
    RolloutSimulation trial = breached();
    trial.at(100, () -> approve(0));

    Result result = trial.run(spec("{'then': 'hold', 'within': '5m'}"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(consents(result)).hasSize(1);
    assertThat(RolloutSimulation.reasons(result).getFirst()).contains("goes on from 50%");
    assertThat(sent(trial)).containsSubsequence("20%", "50%").doesNotContain("100%");
  }

  @Test
  void whoApprovesEachStepIsObeyed() throws Exception {
    RolloutSimulation trial = breached();
    trial.at(100, () -> approve(0));
    trial.at(200, () -> approve(1));
    trial.at(300, () -> approve(2));

    Result result = trial.run(spec("'hold'"));

    assertThat(trial.share()).isEqualTo(1);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(consents(result)).hasSize(3);
    assertThat(result.summary().open()).isEmpty();
  }

  @Test
  void whatWasApprovedBeforeTheBreachIsNoConsentToIt() throws Exception {
    RolloutSimulation trial = breached();
    trial.at(
        5,
        () -> {
          try {
            new Approvals(new RunStore(root).all().getFirst())
                .give(0, new Approvals.Approval("ann", "looks good"));
          } catch (IOException full) {
            throw new UncheckedIOException(full);
          }
        });
    RolloutSpec asks =
        RolloutSimulation.spec(
            RolloutSimulation.SPEC
                .replace("'hold': '30s'", "'hold': '30s', 'approve': {}")
                .replace("'warmUp'", "'onBreach': {'then': 'hold', 'within': '5m'}, 'warmUp'"));

    Result result = trial.run(asks);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(consents(result)).isEmpty();
  }

  @Test
  void whoSeesNothingWhileItIsHeldDoesNotWait() throws Exception {
    RolloutSimulation trial = breached();
    trial.at(100, () -> trial.prometheusGone = true);

    Result result = trial.run(spec("'hold'"));

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BLIND);
    assertThat(trial.share()).isZero();
    assertThat(result.summary().lasted()).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void aHaltTakesAllTrafficBackAtOnce() throws Exception {
    RolloutSimulation trial = breached();
    trial.at(100, () -> trial.engine.halt("ann"));

    Result result = trial.run(spec("'hold'"));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.HALTED);
    assertThat(trial.share()).isZero();
    assertThat(result.summary().lasted()).isLessThan(Duration.ofMinutes(3));
  }

  @Test
  void whatIsOnItsWayIsNotHeldButTakenBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    double[] errors = {0};
    trial.world.series("errors", () -> errors[0]);
    trial.onItsWay =
        action -> {
          if (action.describe().startsWith("send 50%")) {
            errors[0] = 0.5;
            trial.time.sleepDeaf(Duration.ofSeconds(5));
          }
        };

    Result result = trial.run(spec("'hold'"));

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(trial.share()).isZero();
    assertThat(result.summary().lasted()).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void nothingIsHeldUnderTheFaultsOfAStep() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.world.series("errors", () -> trial.tried("v1") ? 0.5 : 0);
    String faults =
        "'faults': [{'latency': {'delay': '300ms'},"
            + " 'target': {'link': {'from': 'v1', 'to': 'inventory'}}, 'for': '40s'}]";

    Result result =
        trial.run(
            RolloutSimulation.spec(
                RolloutSimulation.SPEC
                    .replace("'hold': '30s'", "'hold': '10s', " + faults)
                    .replace("'warmUp'", "'onBreach': 'hold', 'warmUp'")));

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(trial.share()).isZero();
    assertThat(trial.world.residue()).isEmpty();
    assertThat(result.summary().lasted()).isLessThan(Duration.ofMinutes(3));
  }

  @Test
  void aHeldRolloutThatIsKilledAnywhereIsFinishedByTheNext() throws Exception {
    int last = killed(Integer.MAX_VALUE).mortality().passed();
    assertThat(last).isGreaterThan(40);
    for (int at = last - 1; at >= 0; at -= STRIDE) {
      Killed trial = killed(at);

      trial
          .world()
          .engine(trial.folder(), Mortality.NEVER)
          .undo(Optional.empty(), _ -> {})
          .forEach(
              result ->
                  assertThat(result.verdict().outcome()).isNotEqualTo(Outcome.UNDO_NOT_PROVEN));

      double kept = promotedOnDisk(trial) ? 1 : 0;
      assertThat(trial.world().share()).as("killed at %d of %d", at, last).isEqualTo(kept);
    }
  }

  private record Killed(RolloutSimulation world, Path folder, Mortality mortality) {}

  /** Held at its first step, let go on by a person, and killed somewhere. */
  private Killed killed(int at) throws IOException {
    Path folder = Files.createTempDirectory(root, "killed");
    Mortality mortality = new Mortality(at);
    RolloutSimulation trial = new RolloutSimulation(folder, mortality);
    double[] errors = {0};
    trial.world.series("errors", () -> errors[0]);
    trial.at(30, () -> errors[0] = 0.5);
    trial.at(60, () -> errors[0] = 0);
    trial.at(
        70,
        () -> {
          try {
            new Approvals(new RunStore(folder).all().getFirst(), true)
                .give(0, new Approvals.Approval("ann", ""));
          } catch (IOException full) {
            throw new UncheckedIOException(full);
          }
        });
    try {
      Result _ = trial.run(spec("'hold'"));
    } catch (Unplannable none) {
      throw new AssertionError(none);
    } catch (Mortality.Killed _) {
      // As it was to be.
    }
    return new Killed(trial, folder, mortality);
  }

  private static boolean promotedOnDisk(Killed trial) throws IOException {
    return trial
        .world()
        .engine(trial.folder(), Mortality.NEVER)
        .store()
        .all()
        .getFirst()
        .read()
        .entries()
        .stream()
        .anyMatch(entry -> entry.event() instanceof Event.Promoted);
  }
}
