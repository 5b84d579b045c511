package dev.faultline.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.Local.LocalProcess;
import dev.faultline.testkit.FakeWorld;
import dev.faultline.testkit.SimulatedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The identity of a plan: the same in each process, another one when anything it covers changes.
 */
final class PlanHashTest {

  private static final String SPEC =
      """
      {"gates": [{"name": "g", "prometheus": "errors", "below": 1,
                  "when": ["after", "before", "during"]}],
       "load": {"http": "http://x/", "rate": "1/s",
                "headers": {"f": "6", "e": "5", "d": "4", "c": "3", "b": "2", "a": "1"}},
       "faults": [{"freeze": {}, "target": {"process": "db"}, "for": "10s"}]}
      """;

  private final FakeWorld world =
      new FakeWorld(new SimulatedTime()).process("db").process("web").series("errors", () -> 0);

  private String hash(String spec, long seed, String... processes) throws Unplannable {
    Map<String, LocalProcess> local = new TreeMap<>();
    for (String process : processes) {
      local.put(process, LocalProcess.ofPidFile("/run/" + process));
    }
    LoadedExperiment experiment =
        new LoadedExperiment(
            "x",
            Codec.json().readValue(spec, ExperimentSpec.class),
            "e",
            new EnvironmentSpec(new Local(local), Optional.empty(), Optional.empty(), Map.of()),
            "x.yaml",
            Path.of("/"));
    return new Planner(world).plan(experiment, seed, true).hash();
  }

  /** Sets and maps of the JDK are in another order in each process. */
  @Test
  void theOrderOfSetsAndMapsDoesNotCount() {
    String written =
        Codec.json().writeValueAsString(Codec.json().readValue(SPEC, ExperimentSpec.class));
    assertThat(written)
        .contains("[\"before\",\"during\",\"after\"]")
        .contains("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\",\"e\":\"5\",\"f\":\"6\"}");
  }

  @Test
  void whatIsDoneAndToWhatCounts() throws Exception {
    String agreed = hash(SPEC, 1, "db", "web");
    assertThat(hash(SPEC, 1, "web", "db")).isEqualTo(agreed);
    assertThat(hash(SPEC, 2, "db", "web")).isNotEqualTo(agreed);
    assertThat(hash(SPEC, 1, "db")).isNotEqualTo(agreed);
    assertThat(hash(SPEC.replace("\"db\"", "\"web\""), 1, "db", "web")).isNotEqualTo(agreed);
    assertThat(hash(SPEC.replace("10s", "11s"), 1, "db", "web")).isNotEqualTo(agreed);
  }

  @Test
  void anotherLifeOfTheSameProcessDoesNotCount() throws Exception {
    world.process("db", Duration.ZERO);
    String agreed = hash(SPEC, 1, "db");
    world.vanish("db");
    assertThat(hash(SPEC, 1, "db")).isEqualTo(agreed);
  }
}
