package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.sequential.Obedience;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Action;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts whose first requests are chosen by what they have. */
class MatchedRolloutTest {

  private static final RolloutSpec SPEC = RolloutSimulation.spec(RolloutSimulation.MATCHING);

  @TempDir Path root;

  @Test
  void whatMatchesMeetsTheCanaryUntilAllDo() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result = trial.run(SPEC);

    assertThat(RolloutSimulation.reasons(result)).hasSize(1);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(trial.shifts())
        .containsExactly(
            "send requests with x-user-type: staff to v2, and 0% of the rest of the traffic of"
                + " HTTPRoute r",
            "send requests with x-user-type: staff, beta to v2, and 0% of the rest of the traffic"
                + " of HTTPRoute r",
            "send requests with x-user-type: staff, beta to v2, and 20% of the rest of the traffic"
                + " of HTTPRoute r",
            "send requests with x-user-type: staff, beta to v2, and 50% of the rest of the traffic"
                + " of HTTPRoute r",
            "send 100% of the traffic of HTTPRoute r to v2");
    assertThat(trial.share()).isEqualTo(1);
    assertThat(trial.match()).isEmpty();
    assertThat(result.summary().rollout().orElseThrow().shares())
        .isNotEmpty()
        .allMatch(seen -> seen.what().obedience() != Obedience.STRAYS);
  }

  @Test
  void aCanaryThatIsBadForThoseWhoMatchGetsNobodyAnyMore() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 0.5;

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("errors: the canary is worse than stable at x-user-type: staff");
    assertThat(trial.match()).isEmpty();
    assertThat(trial.share()).isZero();
    assertThat(result.summary().open()).isEmpty();
  }

  /** A router that matches nothing, or nobody who would match: both look the same. */
  @Test
  void aStepThatNobodyMatchesDoesNotGoOn() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.matchObeys = 0;

    Result result = trial.run(SPEC);

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.GATE_BLIND);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("step x-user-type: staff has lasted 600 s, with 0 requests to the canary");
    assertThat(trial.match()).isEmpty();
  }

  @Test
  void trafficThatDoesNotFollowTheWeightAfterAMatchStrays() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.obeys = 0;

    Result result = trial.run(SPEC);

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.TRAFFIC_STRAYS);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("of the traffic goes to the canary, and more than 20% was asked for");
    assertThat(trial.match()).isEmpty();
  }

  @Test
  void aBreachThatIsHeldKeepsTheMatchUntilAPersonDecides() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 0.5;
    String held =
        RolloutSimulation.MATCHING.replace(
            "'warmUp'", "'onBreach': {'then': 'hold', 'within': '2m'}, 'warmUp'");
    trial.at(80, () -> assertThat(trial.match()).isPresent());

    Result result = trial.run(RolloutSimulation.spec(held));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(trial.match()).isEmpty();
  }

  /** Who is at the canary is drawn once, so its part of the requests may be off all the time. */
  @Test
  void aFewUsersWhoStayDoNotEndIt() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.obeys = 0.7;
    String users =
        RolloutSimulation.SPEC.replace(
            "{'haproxy': {'socket': '/s', 'backend': 'b', 'stable': 'v1', 'canary': 'v2'}}",
            "{'nginx': {'include': '/f', 'upstream': 'b', 'stable': 'v1:1', 'canary': 'v2:1',"
                + " 'sticky': {'cookie': 'session'}}}");
    trial.onItsWay =
        action -> {
          if (action instanceof Action.ShiftTraffic shift && shift.share() == 1) {
            trial.obeys = 1;
          }
        };

    Result result = trial.run(RolloutSimulation.spec(users));

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(result.summary().rollout().orElseThrow().shares())
        .isNotEmpty()
        .allMatch(seen -> seen.what().obedience() != Obedience.STRAYS);
  }
}
