package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Routes of the examples in a cluster that knows them: an HTTPRoute and a VirtualService that give
 * all requests to version 1 of orders.
 */
final class OrdersRoutes {

  private static final String GATEWAY_API = "gateway.networking.k8s.io/v1";
  private static final String ISTIO = "networking.istio.io/v1";

  private final KubernetesClient client;
  private final String namespace;

  private OrdersRoutes(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * What {@code .ci/cluster/routes} has made; the test is skipped where a part of it is missing.
   */
  static Path made(String part) {
    String cache =
        Optional.ofNullable(System.getenv("KUBE_CACHE"))
            .orElse(System.getProperty("user.home") + "/.cache/faultline-tests/cluster");
    Path made = Path.of(cache, "routes", part);
    Assumptions.assumeTrue(
        Files.exists(made), "needs %s; .ci/cluster/routes/build makes it".formatted(made));
    return made;
  }

  /** An environment in which {@code envoy} is found; the test is skipped where there is none. */
  static Map<String, String> withEnvoy() {
    Path folder = Objects.requireNonNull(made("envoy").getParent());
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Map.of("PATH", "%s:%s".formatted(folder, path));
  }

  /** Makes the routes in a namespace that is there. */
  static OrdersRoutes open(TestCluster cluster, String namespace) throws IOException {
    OrdersRoutes routes = new OrdersRoutes(cluster.client(), namespace);
    define(cluster.client(), "gateway-api", GATEWAY_API, "HTTPRoute");
    define(cluster.client(), "istio", ISTIO, "VirtualService");
    for (String example : List.of("gateway-api", "istio")) {
      apply(
          cluster.client(),
          Files.readString(
                  Cli.home().resolve("examples/%s/manifests/route.yaml".formatted(example)))
              .replace("namespace: shop", "namespace: " + namespace));
    }
    return routes;
  }

  /** Lets the cluster know the kinds of one of them. */
  static void define(KubernetesClient client, String kinds, String version, String kind)
      throws IOException {
    if (!isKnown(client, version, kind)) {
      apply(client, Files.readString(made("crds/%s.yaml".formatted(kinds))));
      Await.until("the cluster knows them", () -> isKnown(client, version, kind));
    }
  }

  private static boolean isKnown(KubernetesClient client, String version, String kind) {
    try {
      client.genericKubernetesResources(version, kind).inNamespace("default").list();
      return true;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  private static void apply(KubernetesClient client, String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
        .resources()
        .forEach(one -> one.forceConflicts().serverSideApply());
  }

  private GenericKubernetesResource route(String version, String kind) {
    return Objects.requireNonNull(
        client
            .genericKubernetesResources(version, kind)
            .inNamespace(namespace)
            .withName("orders")
            .get());
  }

  private List<GenericKubernetesResource> both() {
    return List.of(route(GATEWAY_API, "HTTPRoute"), route(ISTIO, "VirtualService"));
  }

  /** All that both say. */
  List<Object> specs() {
    return both().stream().map(one -> one.getAdditionalProperties().get("spec")).toList();
  }

  /** The weights of both versions in the rules that name both. */
  List<Integer> weights() {
    return Stream.concat(
            Stream.of(0, 1)
                .map(
                    i ->
                        route(GATEWAY_API, "HTTPRoute")
                            .<Integer>get("spec", "rules", 1, "backendRefs", i, "weight")),
            Stream.of(0, 1)
                .map(
                    i ->
                        route(ISTIO, "VirtualService")
                            .<Integer>get("spec", "http", 1, "route", i, "weight")))
        .toList();
  }

  /** Whether one of both carries something of Faultline. */
  boolean marked() {
    return both().stream().anyMatch(one -> carries(one.getMetadata()));
  }

  private static boolean carries(ObjectMeta meta) {
    return Stream.of(meta.getLabels(), meta.getAnnotations())
        .filter(Objects::nonNull)
        .flatMap(all -> all.keySet().stream())
        .anyMatch(name -> name.startsWith("faultline.dev/"));
  }
}
