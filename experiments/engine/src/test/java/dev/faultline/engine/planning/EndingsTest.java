package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndingsTest {

  private static final String SPEC =
      """
      {"load": {"http": "http://x/", "steps": ["5/s", "10/s"], "each": "5s" PODS},
       "gates": [{"name": "errors", "prometheus": "errors", "below": 1}]}
      """;

  private static List<EndsBy> surge(String pods) throws Unplannable {
    LoadedExperiment experiment =
        new LoadedExperiment(
            "x",
            Codec.json().readValue(SPEC.replace("PODS", pods), ExperimentSpec.class),
            "e",
            new EnvironmentSpec(new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
            "x.yaml",
            Path.of("/"));
    FakeWorld world = new FakeWorld(new SimulatedTime()).series("errors", () -> 0);
    return new Planner(world).plan(experiment, 1, true).faults().getFirst().endsBy();
  }

  @Test
  void aSurgeEndsWithItsOwnProcess() throws Exception {
    assertThat(surge(""))
        .extracting(EndsBy::layer, EndsBy::within)
        .contains(tuple(EndsBy.Layer.KERNEL, Optional.of(Duration.ZERO)));
  }

  @Test
  void aSurgeOfPodsEndsWithTheirLease() throws Exception {
    assertThat(surge(", \"pods\": 2"))
        .satisfiesExactly(
            plan -> assertThat(plan.layer()).isEqualTo(EndsBy.Layer.PLAN),
            pods -> {
              assertThat(pods.layer()).isEqualTo(EndsBy.Layer.LEASE);
              assertThat(pods.within()).contains(Duration.ofSeconds(20));
            });
  }
}
