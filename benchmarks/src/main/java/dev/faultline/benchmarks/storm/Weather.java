package dev.faultline.benchmarks.storm;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A namespace with things that are disturbed, looked at from outside: by the API server, and by
 * connections to its pods.
 */
record Weather(KubernetesClient client, String namespace) {

  static final Duration DELAY = Duration.ofMillis(400);
  static final int PORT = 8080;
  private static final Map<String, String> OURS =
      Map.of("app.kubernetes.io/managed-by", "faultline");
  private static final String MANIFESTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: SPACE, labels: {faultline.dev/chaos: allowed}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: SPACE}
      data: {timeout: 2s}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: SPACE}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
              - name: web
                image: localhost/busybox:1
                command: [httpd, -f, -p, "8080"]
                readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
      """;

  private static final String EXPERIMENT =
      """
      apiVersion: faultline.dev/v1
      kind: Experiment
      metadata: {name: storm}
      spec:
        environment:
          kubernetes: {namespace: SPACE, agent: {image: "IMAGE"}, limits: {share: 100%, lastPod: true}}
        gates:
          - {name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0, breach: record}
        faults: FAULTS
        lease: LEASEs
        recovery: {within: 30s}
      """;

  private static final Duration SOON = Duration.ofMinutes(3);

  /** The text of an experiment that disturbs them. */
  String experiment(String image, Duration lease, String faults) {
    return EXPERIMENT
        .replace("SPACE", namespace)
        .replace("IMAGE", image)
        .replace("FAULTS", faults)
        .replace("LEASE", Long.toString(lease.toSeconds()));
  }

  /** Makes them, and waits until two pods answer. */
  void open() throws InterruptedException {
    Duration _ =
        until(
            SOON,
            "the manifests are taken",
            () -> {
              client
                  .load(manifests())
                  .resources()
                  .forEach(one -> one.forceConflicts().serverSideApply());
              return true;
            });
    settle();
  }

  /** Waits until two pods answer. */
  void settle() throws InterruptedException {
    Duration _ =
        until(SOON, "two pods answer", () -> calm() && pods().size() == 2 && left().isEmpty());
  }

  void close() throws InterruptedException {
    Duration _ = until(SOON, "the namespace goes", () -> client.load(manifests()).delete() != null);
  }

  private ByteArrayInputStream manifests() {
    return new ByteArrayInputStream(
        MANIFESTS.replace("SPACE", namespace).getBytes(StandardCharsets.UTF_8));
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel("app", "web").list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> pod.getStatus().getPodIP() != null)
        .toList();
  }

  /** Whether nothing is disturbed. */
  boolean calm() {
    boolean scaled =
        Optional.ofNullable(
                client.apps().deployments().inNamespace(namespace).withName("web").get())
            .map(web -> web.getSpec().getReplicas() == 2)
            .orElse(false);
    return scaled && isSet() && answersSoon();
  }

  /** Whether the config map has its own value. */
  boolean isSet() {
    return Optional.ofNullable(
            client.configMaps().inNamespace(namespace).withName("settings").get())
        .map(settings -> "2s".equals(settings.getData().get("timeout")))
        .orElse(false);
  }

  /** The address of one of its pods. */
  String address() {
    return pods().getFirst().getStatus().getPodIP();
  }

  private boolean answersSoon() {
    return pods().stream().allMatch(pod -> answersSoon(pod.getStatus().getPodIP()));
  }

  private static boolean answersSoon(String address) {
    long began = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, PORT), (int) DELAY.toMillis());
      return System.nanoTime() - began < DELAY.toNanos() / 2;
    } catch (IOException notAnswered) {
      return false;
    }
  }

  /** The pods of agents, or those of fuses; none while the API server is away. */
  List<String> workers() {
    try {
      return client.pods().inNamespace(namespace).withLabels(OURS).list().getItems().stream()
          .map(pod -> pod.getMetadata().getName())
          .toList();
    } catch (KubernetesClientException away) {
      return List.of();
    }
  }

  /** What Faultline made and what it marked, by kind and name. */
  List<String> left() {
    return Stream.<List<? extends HasMetadata>>of(
            client.leases().inNamespace(namespace).withLabels(OURS).list().getItems(),
            client.batch().v1().jobs().inNamespace(namespace).withLabels(OURS).list().getItems(),
            client.pods().inNamespace(namespace).withLabels(OURS).list().getItems(),
            client.serviceAccounts().inNamespace(namespace).withLabels(OURS).list().getItems(),
            client.rbac().roles().inNamespace(namespace).withLabels(OURS).list().getItems(),
            client.rbac().roleBindings().inNamespace(namespace).withLabels(OURS).list().getItems(),
            marked(client.apps().deployments().inNamespace(namespace).list().getItems()),
            marked(client.configMaps().inNamespace(namespace).list().getItems()))
        .flatMap(List::stream)
        .map(one -> one.getKind() + " " + one.getMetadata().getName())
        .toList();
  }

  private static List<? extends HasMetadata> marked(List<? extends HasMetadata> objects) {
    return objects.stream()
        .filter(
            one ->
                Objects.requireNonNullElse(one.getMetadata().getLabels(), Map.of())
                    .containsKey("faultline.dev/run"))
        .toList();
  }

  /** What is asked for again and again. */
  interface Condition {
    boolean holds();
  }

  /**
   * Waits until something holds; an API server that does not answer means that it does not yet.
   *
   * @return how long that took
   * @throws IllegalStateException when it takes too long
   */
  static Duration until(Duration bound, String what, Condition condition)
      throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      Duration taken = Duration.ofNanos(System.nanoTime() - began);
      if (holds(condition)) {
        return taken;
      }
      if (taken.compareTo(bound) > 0) {
        throw new IllegalStateException("not within %d s: %s".formatted(bound.toSeconds(), what));
      }
      Thread.sleep(100);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (KubernetesClientException away) {
      return false;
    }
  }
}
