package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The zones {@code a} and {@code b} of two pods that are on two nodes, or {@code a} where both are
 * on one; and a customer in each zone, a pod that asks both all the time. The nodes are in no zone
 * when it is closed.
 */
final class InventoryZones implements AutoCloseable {

  private static final List<String> NAMES = List.of("a", "b");

  /**
   * Asks one after the other, and says of each whether it got an answer. The bound of nc itself
   * would not end a connection that is open when it is cut.
   */
  private static final String CUSTOMER =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: NAME, namespace: SPACE}
      spec:
        nodeName: NODE
        terminationGracePeriodSeconds: 0
        containers:
          - name: customer
            image: localhost/busybox:1
            command:
              - sh
              - -c
              - |
                while sleep 0.3; do
                  for at in ADDRESSES; do
                    printf 'GET / HTTP/1.0\\r\\n\\r\\n' | timeout 2 nc $at 8080 | grep -q HTTP && echo in $at || echo cut $at
                  done
                done
      """;

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, String> nodes = new TreeMap<>();
  private final Map<String, List<String>> addresses;

  private InventoryZones(KubernetesClient client, String namespace, List<Pod> pods) {
    this.client = client;
    this.namespace = namespace;
    for (Pod pod : pods) {
      nodes.computeIfAbsent(pod.getSpec().getNodeName(), _ -> NAMES.get(nodes.size()));
    }
    this.addresses =
        pods.stream()
            .collect(
                Collectors.groupingBy(
                    pod -> nodes.get(pod.getSpec().getNodeName()),
                    Collectors.mapping(pod -> pod.getStatus().getPodIP(), Collectors.toList())));
  }

  /** Makes the zones, and waits until every customer has got an answer of every pod. */
  static InventoryZones open(KubernetesClient client, String namespace, List<Pod> pods) {
    InventoryZones zones = new InventoryZones(client, namespace, pods);
    zones.nodes.forEach((node, zone) -> zones.label(node, '"' + zone + '"'));
    zones.nodes.forEach(zones::startCustomer);
    zones.awaitAnswers();
    return zones;
  }

  private void label(String node, String zone) {
    client
        .nodes()
        .withName(node)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"topology.kubernetes.io/zone\":%s}}}".formatted(zone));
  }

  private void startCustomer(String node, String zone) {
    String yaml =
        CUSTOMER
            .replace("NAME", customer(zone))
            .replace("SPACE", namespace)
            .replace("NODE", node)
            .replace(
                "ADDRESSES",
                addresses.values().stream().flatMap(List::stream).collect(Collectors.joining(" ")));
    client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).serverSideApply();
  }

  private static String customer(String zone) {
    return "customer-" + zone;
  }

  /** Their names. */
  List<String> names() {
    return NAMES.subList(0, nodes.size());
  }

  /** How often the customer in one zone has got no answer of a pod in another, or the same. */
  long cuts(String from, String to) {
    return said(from).stream()
        .filter(
            line ->
                addresses.getOrDefault(to, List.of()).stream()
                    .anyMatch(at -> line.equals("cut " + at)))
        .count();
  }

  private List<String> said(String zone) {
    Pod pod = client.pods().inNamespace(namespace).withName(customer(zone)).get();
    boolean runs = pod != null && "Running".equals(pod.getStatus().getPhase());
    return runs
        ? Arrays.asList(
            client.pods().inNamespace(namespace).withName(customer(zone)).getLog().split("\n"))
        : List.of();
  }

  /** Until every customer gets answers of all. */
  void awaitAnswers() {
    int pods = addresses.values().stream().mapToInt(List::size).sum();
    Await.until(
        "the customers get answers",
        () ->
            names().stream()
                .map(this::said)
                .allMatch(
                    said ->
                        said.size() >= pods
                            && said.reversed().stream()
                                .limit(pods)
                                .allMatch(line -> line.startsWith("in "))));
  }

  @Override
  public void close() {
    names().forEach(zone -> client.pods().inNamespace(namespace).withName(customer(zone)).delete());
    nodes.keySet().forEach(node -> label(node, "null"));
  }
}
