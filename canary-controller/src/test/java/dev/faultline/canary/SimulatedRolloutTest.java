package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Options;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.route.Match;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteReading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts from their first step to their last, by the evidence that traffic gives. */
class SimulatedRolloutTest {

  @TempDir Path root;

  @Test
  void aGoodCanaryGetsAllTrafficStepByStep() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result = trial.run();

    assertThat(RolloutSimulation.reasons(result)).hasSize(1);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(trial.share()).isEqualTo(1);
    assertThat(asked(result)).containsExactly("20%", "50%", "100%");
    assertThat(held(result)).allMatch(time -> time.compareTo(Duration.ofSeconds(10)) >= 0);
    assertThat(result.summary().open()).isEmpty();
    assertThat(promoted(result)).contains("v2 serves all traffic");
    assertThat(phases(result)).doesNotContain(Phase.UNDO, Phase.FAULTS).contains(Phase.ROLLOUT);
  }

  /** As pods of stable do where versions are split by pods, and their counters with them. */
  @Test
  void stableMayEndWhenAllTrafficGoesToTheCanary() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.forgottenAtAll = Set.of("v1");

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(promoted(result)).contains("v2 serves all traffic");
    assertThat(holds(result)).isEmpty();
  }

  @Test
  void aCanaryOfWhichNothingIsCountedIsNotPromoted() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.forgottenAtAll = Set.of("v1", "v2");

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BLIND);
    assertThat(trial.share()).isZero();
  }

  @Test
  void aFuseGuardsTheCanaryUntilItIsPromoted() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    trial.run();

    List<String> deeds = trial.world.deeds().stream().map(Object::toString).toList();
    int armed = first(deeds, "arm fuse");
    int shifted = first(deeds, "send 20%");
    int all = first(deeds, "send 100%");
    int disarmed = first(deeds, "disarm fuse");
    assertThat(List.of(armed, shifted, all, disarmed)).isSorted().doesNotContain(-1);
    assertThat(deeds).noneMatch(deed -> deed.startsWith("send all traffic"));
  }

  @Test
  void aBadCanaryIsBlamedAndAllTrafficGoesBackAtOnce() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 0.3;

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.CANARY_WORSE);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("errors: the canary is worse than stable at 20%");
    assertThat(trial.share()).isZero();
    assertThat(asked(result)).containsExactly("20%");
    assertThat(result.summary().open()).isEmpty();
  }

  @Test
  void whatIsBadForBothVersionsIsNoReason() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 0.3;
    trial.stableBad = 0.3;

    assertThat(trial.run().verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void stepsThatAreTooShortToSeeABadCanaryLastUntilItIsSeen() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 1;
    trial.stableBad = 0;

    Result result =
        trial.run(
            RolloutSimulation.spec(
                RolloutSimulation.SPEC.replace("30s", "3s").replace("40s", "3s")));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.CANARY_WORSE);
    assertThat(trial.share()).isZero();
    assertThat(holds(result)).singleElement(STRING).startsWith("20%: errors looks worse (");
  }

  @Test
  void aBurstOfFirstRequestsThatNeverComesAgainHoldsItForAMinuteAndNotForEver() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.stableBad = 0;
    trial.canaryBad = 0;
    trial.at(25, () -> trial.canaryBad = 0.3);
    trial.at(28, () -> trial.canaryBad = 0);

    Result result = trial.run();

    assertThat(holds(result)).first(STRING).startsWith("20%: errors looks worse (");
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.summary().lasted()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(5));
  }

  @Test
  void aStepWaitsForTheRequestsThatItAsksForAndSaysSoOnce() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result =
        trial.run(
            RolloutSimulation.spec(
                RolloutSimulation.SPEC.replace("'hold': '30s'", "'hold': '5s', 'samples': 400")));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(holds(result))
        .singleElement(STRING)
        .matches("20%: \\d+ requests to the canary, and 400 are asked for");
  }

  @Test
  void aStepThatIsHeldForLongSaysSoAgainWithNewFigures() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result =
        trial.run(
            RolloutSimulation.spec(
                RolloutSimulation.SPEC.replace("'hold': '30s'", "'hold': '5s', 'samples': 6000")));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(holds(result))
        .hasSize(3)
        .allMatch(words -> words.endsWith("and 6000 are asked for"))
        .doesNotHaveDuplicates();
  }

  @Test
  void aGateThatIsBreachedRollsBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.world.series("errors", () -> trial.share() > 0.4 ? 0.5 : 0);

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(trial.share()).isZero();
    assertThat(asked(result)).containsExactly("20%", "50%");
  }

  @Test
  void withoutPrometheusNothingGoesOnAndAfterAWhileItGoesBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(25, () -> trial.prometheusGone = true);

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BLIND);
    assertThat(asked(result)).containsExactly("20%");
    assertThat(trial.share()).isZero();
  }

  @Test
  void aShortOutageOfPrometheusOnlyHoldsIt() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(25, () -> trial.prometheusGone = true);
    trial.at(55, () -> trial.prometheusGone = false);

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(held(result).getFirst()).isGreaterThan(Duration.ofSeconds(40));
    assertThat(holds(result)).containsExactly("20%: errors is not seen of both versions");
  }

  @Test
  void trafficThatDoesNotFollowTheWeightEndsIt() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.obeys = 0.3;

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.TRAFFIC_STRAYS);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .isEqualTo("6% of the traffic goes to the canary, and 20% was asked for");
    assertThat(trial.share()).isZero();
  }

  @Test
  void aHaltGivesAllTrafficBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.at(50, () -> trial.engine.halt("Ctrl-C"));

    Result result = trial.run();

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.HALTED);
    assertThat(trial.share()).isZero();
    assertThat(result.summary().open()).isEmpty();
  }

  @Test
  void aShiftThatIsUnderWayDoesNotOvertakeTheWayBack() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.onItsWay =
        action -> {
          if (action instanceof Action.ShiftTraffic shift && shift.share() == 0.5) {
            trial.world.series("errors", () -> 0.5);
            trial.time.sleepDeaf(Duration.ofSeconds(5));
            trial.world.series("errors", () -> 0);
          }
        };

    Result result = trial.run();

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.reasons(result)).hasSize(1);
    assertThat(trial.share()).isZero();
    assertThat(result.summary().open()).isEmpty();
  }

  @Test
  void aRouterThatIsNotAsARolloutFindsItIsLeftAlone() throws Exception {
    RolloutSimulation split = new RolloutSimulation(root.resolve("split"));
    split.world.apply(new Action.ShiftTraffic(RolloutSimulation.ROUTE, 0.3));
    assertThat(refusal(split))
        .isEqualTo(
            "fault canary: 30% of the traffic of backend b of HAProxy goes to v2 already; give all"
                + " of it to v1 first");
    assertThat(split.share()).isEqualTo(0.3);

    RolloutSimulation down = new RolloutSimulation(root.resolve("down"));
    down.world.twistQuery(
        query ->
            query instanceof Query.RouteStatus
                ? Optional.of(new Answer.RouteIs(new RouteReading(0, true, false)))
                : Optional.empty());
    assertThat(refusal(down)).isEqualTo("fault canary: v2 does not serve; start it first");

    RolloutSimulation silent = new RolloutSimulation(root.resolve("silent"));
    silent.world.twistQuery(
        query ->
            query instanceof Query.RouteStatus
                ? Optional.of(new Answer.Unanswered(BlindReason.UNREACHABLE, "no such socket"))
                : Optional.empty());
    assertThat(refusal(silent)).isEqualTo("fault canary: source unreachable: no such socket");
  }

  @Test
  void aListThatIsNotEmptyBeforeIsLeftAlone() throws Exception {
    RolloutSimulation listed = new RolloutSimulation(root.resolve("listed"));
    Match staff = new Match(Optional.of("x-user-type"), Optional.empty(), List.of("staff"));
    listed.world.twistQuery(
        query ->
            query instanceof Query.RouteStatus
                ? Optional.of(
                    new Answer.RouteIs(new RouteReading(0, Optional.of(staff), true, true)))
                : Optional.empty());
    assertThat(refusal(listed))
        .isEqualTo(
            "fault canary: requests with x-user-type: staff go to v2 already; let none go there"
                + " first");
  }

  @Test
  void aRolloutHasNothingThatAControlRunCouldLeaveOut() {
    RolloutSimulation trial = new RolloutSimulation(root);

    assertThatThrownBy(
            () ->
                trial.engine.run(
                    RolloutSimulation.loaded(RolloutSimulation.spec(RolloutSimulation.SPEC)),
                    new Options(true, Optional.empty(), 1),
                    _ -> {}))
        .isInstanceOfSatisfying(
            Unplannable.class, no -> assertThat(no.outcome()).isEqualTo(Outcome.REFUSED))
        .hasMessageContaining("run it without --control");
    assertThat(trial.world.deeds()).isEmpty();
  }

  private static String refusal(RolloutSimulation trial) throws Exception {
    Result result = trial.run();
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(result.summary().steps()).isEmpty();
    return RolloutSimulation.reasons(result).getFirst();
  }

  private static List<String> asked(Result result) {
    return result.summary().steps().stream()
        .filter(step -> step.ref().step() == RolloutState.SHIFT)
        .map(step -> step.step().action().describe())
        .map(words -> words.replaceAll("send (.*) of the.*", "$1"))
        .toList();
  }

  /** How long each step lasted, but for the last. */
  private static List<Duration> held(Result result) {
    List<Duration> shown =
        result.summary().steps().stream()
            .filter(step -> step.ref().step() == RolloutState.SHIFT)
            .map(StepSummary::effective)
            .map(java.util.Optional::orElseThrow)
            .toList();
    return java.util.stream.IntStream.range(1, shown.size())
        .mapToObj(i -> shown.get(i).minus(shown.get(i - 1)))
        .toList();
  }

  private static String promoted(Result result) {
    return result
        .summary()
        .rollout()
        .flatMap(RolloutSummary::promoted)
        .map(RunSummary.Timed::what)
        .map(Event.Promoted::words)
        .orElseThrow();
  }

  private static List<Phase> phases(Result result) {
    return result.summary().phases().stream().map(RunSummary.PhaseSpan::phase).toList();
  }

  private static int first(List<String> deeds, String words) {
    for (int i = 0; i < deeds.size(); i++) {
      if (deeds.get(i).contains(words)) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> holds(Result result) {
    return result.summary().rollout().orElseThrow().holds().stream()
        .map(hold -> hold.what().words())
        .toList();
  }
}
