package dev.faultline.environment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.ContainerLimits;
import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.PodInside;
import dev.faultline.model.cluster.Probe;
import dev.faultline.model.codec.Codec;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Containers and probes of pods, as the API writes them. */
class PodInsidesTest {

  private static final String POD =
      """
      {"spec": {
        "initContainers": [
          {"name": "once", "readinessProbe": {"tcpSocket": {"port": 1}}},
          {"name": "side", "restartPolicy": "Always", "livenessProbe": {"grpc": {"port": 9000}}}],
        "containers": [
          {"name": "web",
           "resources": {"requests": {"cpu": 1}, "limits": {"cpu": "250m", "memory": "64Mi"}},
           "ports": [{"name": "http", "containerPort": 8080}],
           "readinessProbe": {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5,
             "failureThreshold": 2, "successThreshold": 3, "timeoutSeconds": 4},
           "livenessProbe": {"exec": {"command": ["true"]}}},
          {"name": "other", "resources": {"limits": {"cpu": 2}}, "readinessProbe": {"httpGet": {"host": "127.0.0.1", "port": 80}}}]},
       "status": {
        "conditions": [{"type": "Ready", "status": "True"}],
        "containerStatuses": [
          {"name": "web", "containerID": "containerd://abc", "state": {"running": {}}},
          {"name": "other", "containerID": "containerd://def", "state": {"waiting": {}}}]}}
      """;

  private final JsonNode pod = Codec.json().readTree(POD);

  @Test
  void aContainerThatDoesNotRunHasNoId() {
    assertThat(PodInsides.of(pod).containers())
        .containsExactly(new ContainerRef("other", ""), new ContainerRef("web", "abc"));
  }

  @Test
  void probesAreThoseOfAllThatLasts() {
    Duration usual = Duration.ofSeconds(10);
    Duration second = Duration.ofSeconds(1);

    assertThat(PodInsides.of(pod).probes())
        .containsExactly(
            new Probe(
                Probe.Use.READINESS,
                "web",
                Optional.of(8080),
                Duration.ofSeconds(5),
                2,
                3,
                Duration.ofSeconds(4)),
            new Probe(Probe.Use.LIVENESS, "web", Optional.empty(), usual, 3, 1, second),
            new Probe(Probe.Use.READINESS, "other", Optional.empty(), usual, 3, 1, second),
            new Probe(Probe.Use.LIVENESS, "side", Optional.of(9000), usual, 3, 1, second));
  }

  @Test
  void limitsAreReadAsNumbers() {
    assertThat(PodInsides.of(pod).limits())
        .containsExactly(
            new ContainerLimits("web", Optional.of(0.25), Optional.of(64L << 20)),
            new ContainerLimits("other", Optional.of(2.0), Optional.empty()));
  }

  @Test
  void whatIsKeptOfAPodIsEnough() {
    PodInside before = PodInsides.of(pod);

    assertThat(PodInsides.of(kept(pod))).isEqualTo(before);
  }

  /** What a list has of it. */
  private static JsonNode kept(JsonNode pod) {
    ObjectNode page = Codec.json().createObjectNode();
    page.putArray("items").add(pod);
    try (JsonParser json = Unread.leftOut(Codec.json().createParser(page.toString()))) {
      return Codec.json().readTree(json).path("items").path(0);
    }
  }

  @Test
  void whatNobodyReadsIsLeftOutOfAList() {
    JsonNode workload =
        Codec.json()
            .readTree(
                """
                {"metadata": {"name": "web", "labels": {}, "managedFields": [{"manager": "me"}]},
                 "spec": {"selector": {}, "volumes": [{"name": "v"}], "tolerations": [],
                   "template": {"metadata": {"labels": {"app": "web"}},
                     "spec": {"volumes": [1],
                       "containers": [{"name": "web", "image": "web:1", "env": [{"name": "A"}]}]}}},
                 "status": {"conditions": [], "images": [{"names": ["web:1"]}]},
                 "data": {"managedFields": "kept", "volumes": "kept"}}
                """);

    assertThat(kept(workload))
        .isEqualTo(
            Codec.json()
                .readTree(
                    """
                    {"metadata": {"name": "web", "labels": {}},
                     "spec": {"selector": {},
                       "template": {"metadata": {"labels": {"app": "web"}},
                         "spec": {"containers": [{"name": "web", "image": "web:1"}]}}},
                     "status": {"conditions": []},
                     "data": {"managedFields": "kept", "volumes": "kept"}}
                    """));
  }

  @Test
  void aPodIsReadyByItsCondition() {
    JsonNode nothing = Codec.json().readTree("{}");

    assertThat(PodInsides.isReady(pod)).isTrue();
    assertThat(PodInsides.isReady(nothing)).isFalse();
    assertThat(PodInsides.of(nothing)).isEqualTo(PodInside.UNKNOWN);
  }
}
