package dev.faultline.environment.kubernetes.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.environment.Await;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Owner;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod that serves and one that asks it without end, in a namespace of their own; and one beside
 * it for agents.
 */
final class Shop implements AutoCloseable {

  static final int PORT = 8080;

  private static final String SERVE =
      "mkdir -p /tmp/w; echo hello > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w";

  private static final String RIGHTS =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: controller, namespace: SHOP-agents}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: controller, namespace: SHOP-agents}
      rules:
      - {apiGroups: [""], resources: [pods], verbs: [create, get, list, patch, delete]}
      - {apiGroups: [""], resources: [pods/log], verbs: [get]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: controller, namespace: SHOP-agents}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: controller}
      subjects: [{kind: ServiceAccount, name: controller, namespace: SHOP-agents}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: targets, namespace: SHOP}
      rules:
      - {apiGroups: [""], resources: [pods], verbs: [get]}
      - {apiGroups: [""], resources: [pods/ephemeralcontainers], verbs: [patch]}
      - {apiGroups: [""], resources: [pods/attach], verbs: [get, create]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: targets, namespace: SHOP}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: targets}
      subjects: [{kind: ServiceAccount, name: controller, namespace: SHOP-agents}]
      """;

  private final KubernetesClient client;
  private final String namespace;
  private String address = "";

  private Shop(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static Shop open(KubernetesClient client, String name) throws Exception {
    Shop shop = new Shop(client, name);
    shop.namespace(name, Map.of());
    shop.namespace(shop.agents(), Map.of());
    shop.pod("web", SERVE);
    Await.until("web serves", () -> shop.isServing());
    shop.pod("client", asking(shop.address));
    Await.until("the client runs", () -> shop.isAsking());
    Await.until("the client is answered", () -> !shop.answered().isEmpty());
    return shop;
  }

  Namespace namespace(String name, Map<String, String> labels) {
    return client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .create();
  }

  private static String asking(String address) {
    return "while true; do wget -q -O /dev/null http://%s:8080/ && echo answered; sleep 0.02; done"
        .formatted(address);
  }

  /** Labels the namespace of the pods. */
  void label(Map<String, String> labels) {
    client
        .namespaces()
        .withName(namespace)
        .edit(
            old ->
                new NamespaceBuilder(old).editMetadata().addToLabels(labels).endMetadata().build());
  }

  private void pod(String name, String script) throws Exception {
    Await.until(
        "the namespace has its account",
        () -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName(name)
                .withImage("localhost/busybox:1")
                .withCommand("sh", "-c", script)
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  /** Where agents may be made. */
  String agents() {
    return namespace + "-agents";
  }

  Pod web() {
    return client.pods().inNamespace(namespace).withName("web").get();
  }

  PodTarget target() throws AgentTrouble {
    return PodTarget.of(web());
  }

  private boolean isServing() {
    address = Optional.ofNullable(web().getStatus().getPodIP()).orElse("");
    try {
      return !address.isEmpty() && connecting().isPositive();
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean isAsking() {
    Pod pod = client.pods().inNamespace(namespace).withName("client").get();
    return "Running".equals(pod.getStatus().getPhase());
  }

  /** How long it took to connect to the pod that serves, from the node's host. */
  Duration connecting() throws IOException {
    long began = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, PORT), 20_000);
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /** When the pod that asks was answered, by its node's clock; the newest ones. */
  List<Instant> answered() {
    return client
        .pods()
        .inNamespace(namespace)
        .withName("client")
        .usingTimestamps()
        .tailingLines(6)
        .getLog()
        .lines()
        .map(line -> Instant.parse(line.split(" ", 2)[0]))
        .toList();
  }

  /** The shortest time between two of the newest answers. */
  Duration shortestGap() {
    List<Instant> at = new ArrayList<>(answered());
    Duration shortest = Duration.ofDays(1);
    for (int i = 1; i < at.size(); i++) {
      Duration gap = Duration.between(at.get(i - 1), at.get(i));
      shortest = gap.compareTo(shortest) < 0 ? gap : shortest;
    }
    return shortest;
  }

  /** What comes to the pod that serves is late. */
  static PacketFault late(Duration by) {
    return PacketFault.of(
        Selection.of(Protocol.TCP, Ends.local(PORT), Direction.IN), PacketEffect.Latency.of(by));
  }

  /** What a process sends that is in a control group. */
  static PacketFault ofGroup(String group) {
    Selection out = Selection.of(Protocol.TCP, Ends.remote(PORT), Direction.OUT);
    return PacketFault.of(
        new Selection(
            out.directions(),
            out.protocol(),
            out.ends(),
            Optional.empty(),
            Optional.of(new Owner.Group(Path.of(group)))),
        PacketEffect.Latency.of(Duration.ofMillis(1)));
  }

  /** An account that may do what an experiment needs, and nothing else, beside the agents. */
  String account() {
    client
        .load(new ByteArrayInputStream(RIGHTS.replace("SHOP", namespace).getBytes(UTF_8)))
        .serverSideApply();
    return "controller";
  }

  @Override
  public void close() {
    for (String name : List.of(namespace, agents())) {
      client.namespaces().withName(name).delete();
    }
  }
}
