package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.sequential.Obedience;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.StopReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts whose canary gets copies of requests before it gets a request. */
class MirroredRolloutTest {

  private static final RolloutSpec SPEC = RolloutSimulation.spec(RolloutSimulation.MIRRORING);

  @TempDir Path root;

  @Test
  void copiesComeBeforeRequestsAndEndWithThem() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    List<Double> shares = new ArrayList<>();
    trial.at(20, () -> shares.add(trial.mirror().orElse(0.0)));
    trial.at(20, () -> shares.add(trial.share()));

    Result result = trial.run(SPEC);

    assertThat(RolloutSimulation.reasons(result)).hasSize(1);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(shares).containsExactly(0.5, 0.0);
    assertThat(trial.shifts())
        .startsWith(
            "send copies of 50% of the traffic of HTTPRoute r to v2",
            "send requests with x-user-type: staff to v2, and 0% of the rest of the traffic of"
                + " HTTPRoute r")
        .endsWith("send 100% of the traffic of HTTPRoute r to v2");
    assertThat(trial.mirror()).isEmpty();
  }

  /** Half as many copies as there are requests: a third of all that both versions count. */
  @Test
  void copiesAreSeenInTheTraffic() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);

    Result result = trial.run(SPEC);

    assertThat(result.summary().rollout().orElseThrow().shares().getFirst().what())
        .satisfies(
            seen -> {
              assertThat(seen.asked()).isCloseTo(1.0 / 3, within(1e-9));
              assertThat(seen.mean()).isCloseTo(1.0 / 3, within(0.01));
              assertThat(seen.obedience()).isNotEqualTo(Obedience.STRAYS);
            });
  }

  @Test
  void aBadVersionIsSeenBeforeAnyUserMeetsIt() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.canaryBad = 0.5;

    Result result = trial.run(SPEC);

    assertThat(result.verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("errors: the canary is worse than stable at copies of 50%");
    assertThat(trial.shifts())
        .containsExactly(
            "send copies of 50% of the traffic of HTTPRoute r to v2",
            "send all traffic of HTTPRoute r to v1");
    assertThat(trial.mirror()).isEmpty();
    assertThat(result.summary().open()).isEmpty();
  }

  /** As a gateway does that knows no part of the requests, and copies all. */
  @Test
  void aRouterThatCopiesAnotherPartStrays() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.mirrorObeys = 2;

    Result result = trial.run(SPEC);

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.TRAFFIC_STRAYS);
    assertThat(RolloutSimulation.reasons(result).getFirst())
        .contains("50% of the traffic goes to the canary, and 33.33% was asked for");
    assertThat(trial.mirror()).isEmpty();
  }

  @Test
  void aRouterThatCopiesNothingDoesNotLetItGoOn() throws Exception {
    RolloutSimulation trial = new RolloutSimulation(root);
    trial.mirrorObeys = 0;

    Result result = trial.run(SPEC);

    assertThat(RolloutSimulation.stops(result)).containsExactly(StopReason.TRAFFIC_STRAYS);
    assertThat(trial.shifts())
        .containsExactly(
            "send copies of 50% of the traffic of HTTPRoute r to v2",
            "send all traffic of HTTPRoute r to v1");
    assertThat(trial.mirror()).isEmpty();
  }
}
