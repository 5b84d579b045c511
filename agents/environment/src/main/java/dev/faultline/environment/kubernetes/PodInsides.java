package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ContainerLimits;
import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.PodInside;
import dev.faultline.model.cluster.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what is in pods, as the API has them. */
final class PodInsides {

  /** All of a container that is read here. */
  static final Set<String> READ_OF_CONTAINER =
      Set.of("name", "ports", "readinessProbe", "livenessProbe", "restartPolicy", "resources");

  private static final int PERIOD = 10;
  private static final int FAILURES = 3;

  private PodInsides() {}

  /** Whether a condition of a pod or a node says that it is ready. */
  static boolean isReady(JsonNode object) {
    return object
        .path("status")
        .path("conditions")
        .valueStream()
        .anyMatch(
            one ->
                one.path("type").asString("").equals("Ready")
                    && one.path("status").asString("").equals("True"));
  }

  static PodInside of(JsonNode pod) {
    List<Probe> probes = new ArrayList<>();
    lasting(pod.path("spec")).forEach(container -> addProbes(container, probes));
    List<ContainerLimits> limits =
        lasting(pod.path("spec"))
            .filter(container -> container.path("resources").has("limits"))
            .map(PodInsides::limits)
            .toList();
    return new PodInside(containers(pod), probes, limits);
  }

  /** Those that run as long as the pod does: sidecars are among the first ones. */
  private static Stream<JsonNode> lasting(JsonNode spec) {
    return Stream.concat(
        spec.path("containers").valueStream(),
        spec.path("initContainers")
            .valueStream()
            .filter(one -> one.path("restartPolicy").asString("").equals("Always")));
  }

  /** As its status has them: the id of one that runs, such as {@code containerd://ID}. */
  private static List<ContainerRef> containers(JsonNode pod) {
    return pod.path("status")
        .path("containerStatuses")
        .valueStream()
        .map(PodInsides::container)
        .sorted(Comparator.comparing(ContainerRef::name))
        .toList();
  }

  private static ContainerRef container(JsonNode status) {
    String id = status.path("state").has("running") ? status.path("containerID").asString("") : "";
    return new ContainerRef(
        status.path("name").asString(""), id.substring(id.lastIndexOf('/') + 1));
  }

  private static ContainerLimits limits(JsonNode container) {
    JsonNode limits = container.path("resources").path("limits");
    return new ContainerLimits(
        container.path("name").asString(""),
        amount(limits.path("cpu")).map(BigDecimal::doubleValue),
        amount(limits.path("memory")).map(BigDecimal::longValue));
  }

  private static Optional<BigDecimal> amount(JsonNode quantity) {
    return quantity.isMissingNode()
        ? Optional.empty()
        : Optional.of(Quantity.parse(quantity.asString("")).getNumericalAmount());
  }

  private static void addProbes(JsonNode container, List<Probe> probes) {
    if (container.has("readinessProbe")) {
      probes.add(probe(Probe.Use.READINESS, container, container.path("readinessProbe")));
    }
    if (container.has("livenessProbe")) {
      probes.add(probe(Probe.Use.LIVENESS, container, container.path("livenessProbe")));
    }
  }

  private static Probe probe(Probe.Use use, JsonNode container, JsonNode probe) {
    return new Probe(
        use,
        container.path("name").asString(""),
        port(container, probe),
        Duration.ofSeconds(number(probe, "periodSeconds", PERIOD)),
        number(probe, "failureThreshold", FAILURES),
        number(probe, "successThreshold", 1),
        Duration.ofSeconds(number(probe, "timeoutSeconds", 1)));
  }

  private static int number(JsonNode probe, String key, int usual) {
    int number = probe.path(key).asInt(0);
    return number < 1 ? usual : number;
  }

  /** One that asks another host, or runs a command, asks no port of the pod. */
  private static Optional<Integer> port(JsonNode container, JsonNode probe) {
    return Stream.of("httpGet", "tcpSocket", "grpc")
        .filter(probe::has)
        .map(probe::path)
        .filter(asked -> asked.path("host").asString("").isEmpty())
        .map(asked -> asked.path("port"))
        .flatMap(port -> number(container, port).stream())
        .findFirst();
  }

  private static Optional<Integer> number(JsonNode container, JsonNode port) {
    if (port.isInt()) {
      return Optional.of(port.asInt());
    }
    return container
        .path("ports")
        .valueStream()
        .filter(one -> one.path("name").asString("").equals(port.asString("")))
        .map(one -> one.path("containerPort").asInt())
        .findFirst();
  }
}
