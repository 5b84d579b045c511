package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.ClusterFuseAction;
import dev.faultline.model.world.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts whose canary gets more pods at a breach, before its traffic is taken back. */
class ScaledOutRolloutTest {

  private static final int STRIDE = 9;
  private static final String POLICY =
      "'onBreach': {'then': 'scaleOut', 'deployment': 'v2', 'replicas': 6, 'within': '1m'}";
  private static final String PLAIN =
      RolloutSimulation.SPEC.replace(
          "{'haproxy': {'socket': '/s', 'backend': 'b', 'stable': 'v1', 'canary': 'v2'}}",
          "{'gatewayApi': {'httpRoute': 'r', 'stable': 'v1', 'canary': 'v2'}}");
  private static final RolloutSpec SPEC =
      RolloutSimulation.spec(PLAIN.replace("'warmUp'", POLICY + ", 'warmUp'"));

  @TempDir Path root;

  private RolloutSimulation cluster() {
    return cluster(root, Mortality.NEVER);
  }

  private static RolloutSimulation cluster(Path root, Mortality mortality) {
    RolloutSimulation trial = new RolloutSimulation(root, mortality);
    trial.environment = "{'kubernetes': {'agent': {'image': 'agent:1'}}}";
    trial.world.cluster().deployment("v1", 4).deployment("v2", 2);
    return trial;
  }

  private static int pods(RolloutSimulation trial) {
    return Integer.parseInt(
        trial.world.cluster().value("deployment/v2", new ObjectField.Replicas()).orElseThrow());
  }

  /** A canary with a load that six pods bear. */
  private static void overload(RolloutSimulation trial, double from) {
    double[] errors = {0};
    trial.world.series(
        "errors",
        () -> {
          errors[0] = pods(trial) < 6 ? errors[0] : Math.max(0, errors[0] - 0.01);
          return trial.share() > 0 ? errors[0] : 0;
        });
    trial.at(from, () -> errors[0] = 0.5);
  }

  private static Optional<Event.ScaledOut> scaledOut(Result result) {
    return result.summary().rollout().orElseThrow().scaledOut().map(one -> one.what());
  }

  private static int first(RolloutSimulation trial, String deed) {
    List<String> deeds = trial.world.deeds().stream().map(Object::toString).toList();
    for (int i = 0; i < deeds.size(); i++) {
      if (deeds.get(i).contains(deed)) {
        return i;
      }
    }
    throw new AssertionError("no '%s' in %s".formatted(deed, deeds));
  }

  @Test
  void whoseBreachEndsWithMorePodsGoesOnWithThem() throws Exception {
    RolloutSimulation trial = cluster();
    overload(trial, 30);

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(pods(trial)).isEqualTo(6);
    assertThat(trial.world.residue()).isEmpty();
    assertThat(result.summary().open()).isEmpty();
    assertThat(scaledOut(result).orElseThrow().words())
        .startsWith("scaled out at 20%: gate errors must be below 10% and reads 50%")
        .endsWith("; deployment v2 gets 6 pods, and what is seen counts again in 60 s");
    assertThat(RolloutSimulation.reasons(result))
        .hasSize(2)
        .anySatisfy(
            words ->
                assertThat(words)
                    .startsWith("it went on with more pods alone, as gate errors must be below"));
  }

  @Test
  void aCanaryThatIsWorseGetsThemTooAndIsJudgedAnew() throws Exception {
    RolloutSimulation trial = cluster();
    trial.canaryBad = 0.3;
    trial.onItsWay =
        action -> {
          if (action.describe().startsWith("set replicas")) {
            trial.canaryBad = 0.01;
          }
        };

    Result result = trial.run(SPEC);

    assertThat(scaledOut(result).orElseThrow().breach().reason())
        .isEqualTo(StopReason.CANARY_WORSE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(pods(trial)).isEqualTo(6);
  }

  @Test
  void whatMorePodsDoNotHelpGoesBackAndThePodsAfterTheTraffic() throws Exception {
    RolloutSimulation trial = cluster();
    trial.canaryBad = 0.3;

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.CANARY_WORSE);
    assertThat(scaledOut(result)).isPresent();
    assertThat(trial.share()).isZero();
    assertThat(pods(trial)).isEqualTo(2);
    assertThat(trial.world.residue()).isEmpty();
    assertThat(first(trial, "send all")).isLessThan(first(trial, "set replicas to 2"));
    assertThat(result.summary().lasted()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(4));
  }

  @Test
  void itHelpsOnce() throws Exception {
    RolloutSimulation trial = cluster();
    overload(trial, 30);
    trial.at(150, () -> trial.canaryBad = 0.4);

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(trial.share()).isZero();
    assertThat(pods(trial)).isEqualTo(2);
  }

  @Test
  void whereNothingIsBreachedItGetsNone() throws Exception {
    RolloutSimulation trial = cluster();

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(scaledOut(result)).isEmpty();
    assertThat(pods(trial)).isEqualTo(2);
  }

  @Test
  void podsThatDoNotComeEndIt() throws Exception {
    RolloutSimulation trial = cluster();
    overload(trial, 30);
    trial.world.twistAction(
        action ->
            action.describe().startsWith("set replicas from 2 to 6")
                ? Optional.of(new Effect.Failed("quota"))
                : Optional.empty());

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.FAULT_FAILED);
    assertThat(trial.share()).isZero();
    assertThat(pods(trial)).isEqualTo(2);
  }

  @Test
  void aHaltWhilePodsComeTakesAllBack() throws Exception {
    RolloutSimulation trial = cluster();
    overload(trial, 30);
    trial.at(60, () -> trial.engine.halt("ann"));

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.HALTED);
    assertThat(trial.share()).isZero();
    assertThat(pods(trial)).isEqualTo(2);
    assertThat(trial.world.residue()).isEmpty();
  }

  @Test
  void itsFuseIsThereForAsLongAsAnyRolloutAndThePlanDoesNotLastLonger() throws Exception {
    RolloutSimulation trial = cluster();

    Plan plan = trial.engine.plan(RolloutSimulation.loaded(SPEC, trial.environment), 1);

    assertThat(plan.times().faults()).isLessThan(Duration.ofMinutes(5));
    assertThat(plan.faults().getLast().targets().getFirst().steps().getFirst().action())
        .isInstanceOfSatisfying(
            ClusterFuseAction.ArmObjectFuse.class,
            fuse -> assertThat(fuse.lasts()).isGreaterThan(Duration.ofDays(7)));
  }

  @Test
  void asManyPodsAsItHasAreNoHelp() throws Exception {
    RolloutSimulation trial = cluster();
    trial.world.cluster().change("deployment/v2", new ObjectField.Replicas(), "6");

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(RolloutSimulation.reasons(result))
        .containsExactly("onBreach: deployment/v2 has 6 pods, and 'replicas: 6' would not be more");
    assertThat(trial.world.deeds()).isEmpty();
  }

  @Test
  void oneThatIsKilledAnywhereIsFinishedByTheNext() throws Exception {
    int last = killed(Integer.MAX_VALUE).mortality().passed();
    assertThat(last).isGreaterThan(60);
    int kept = 0;
    for (int at = last - 1; at >= 0; at -= STRIDE) {
      Killed one = killed(at);

      one.trial()
          .engine(one.folder(), Mortality.NEVER)
          .undo(Optional.empty(), _ -> {})
          .forEach(
              result ->
                  assertThat(result.verdict().outcome()).isNotEqualTo(Outcome.UNDO_NOT_PROVEN));

      boolean promoted = one.trial().share() == 1;
      kept += promoted ? 1 : 0;
      assertThat(one.trial().world.residue()).as("killed at %d of %d", at, last).isEmpty();
      assertThat(one.trial().share()).as("killed at %d", at).isIn(0.0, 1.0);
      assertThat(pods(one.trial()) == 6 || !promoted).as("killed at %d", at).isTrue();
    }
    assertThat(kept).isLessThan(5);
  }

  private record Killed(RolloutSimulation trial, Path folder, Mortality mortality) {}

  private Killed killed(int at) throws IOException {
    Path folder = Files.createTempDirectory(root, "killed");
    Mortality mortality = new Mortality(at);
    RolloutSimulation trial = cluster(folder, mortality);
    overload(trial, 30);
    try {
      Result _ = trial.run(SPEC);
    } catch (Unplannable none) {
      throw new AssertionError(none);
    } catch (Mortality.Killed _) {
      // As it was to be.
    }
    return new Killed(trial, folder, mortality);
  }
}
