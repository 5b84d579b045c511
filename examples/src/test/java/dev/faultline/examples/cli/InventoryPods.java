package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two pods that serve, on two nodes where there are two, in a namespace of their own; and who
 * connects to both from outside of the cluster all the time, and takes the time.
 */
final class InventoryPods {

  private static final Duration LATE = Duration.ofMillis(100);
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final Duration SETTLES = Duration.ofSeconds(10);

  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: inventory, namespace: SPACE}
      spec:
        replicas: 2
        selector: {matchLabels: {app: inventory}}
        template:
          metadata: {labels: {app: inventory}}
          spec:
            terminationGracePeriodSeconds: 0
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: ScheduleAnyway
                labelSelector: {matchLabels: {app: inventory}}
            containers:
              - name: inventory
                image: localhost/busybox:1
                command: [sh, -c, "mkdir /tmp/w; exec httpd -f -p 8080 -h /tmp/w"]
      """;

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, Integer> late = new ConcurrentHashMap<>();
  private final Thread asking = Thread.ofVirtual().unstarted(this::ask);
  private final AtomicReference<Duration> longest = new AtomicReference<>(Duration.ZERO);
  private volatile boolean over;

  private InventoryPods(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static InventoryPods open(KubernetesClient client, String namespace) {
    InventoryPods pods = new InventoryPods(client, namespace);
    pods.namespace(namespace, Map.of("faultline.dev/chaos", "allowed"));
    pods.apply(DEPLOYMENT.replace("SPACE", namespace));
    Await.until("both serve", () -> pods.connecting().size() == 2);
    pods.asking.start();
    return pods;
  }

  void namespace(String name, Map<String, String> labels) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build())
        .serverSideApply();
  }

  void apply(String yaml) {
    client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).serverSideApply();
  }

  List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel("app", "inventory").list().getItems();
  }

  /** What Faultline made and did not delete, here and beside it. */
  List<String> agents() {
    return client
        .pods()
        .inAnyNamespace()
        .withLabel("app.kubernetes.io/managed-by", "faultline")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getNamespace().startsWith(namespace))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** How long it takes to connect to each pod, by its address. */
  private Map<String, Duration> connecting() throws IOException {
    Map<String, Duration> took = new TreeMap<>();
    for (Pod pod : pods()) {
      String address = pod.getStatus().getPodIP();
      if (address != null && pod.getMetadata().getDeletionTimestamp() == null) {
        connecting(pod).ifPresent(time -> took.put(address, time));
      }
    }
    return took;
  }

  /** Empty where the pod has gone meanwhile, or is so new that it may not serve yet. */
  private Optional<Duration> connecting(Pod pod) throws IOException {
    try {
      return Optional.of(connecting(pod.getStatus().getPodIP()));
    } catch (IOException lost) {
      Pod now = client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()).get();
      Instant settled = Instant.parse(pod.getMetadata().getCreationTimestamp()).plus(SETTLES);
      if (now != null
          && now.getMetadata().getDeletionTimestamp() == null
          && Instant.now().isAfter(settled)) {
        throw lost;
      }
      return Optional.empty();
    }
  }

  private static Duration connecting(String address) throws IOException {
    long began = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, 8080), 20_000);
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  private void ask() {
    try {
      while (!over) {
        askAll();
        Thread.sleep(BETWEEN);
      }
    } catch (IOException lost) {
      late.put(String.valueOf(lost.getMessage()), -1);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void askAll() throws IOException {
    try {
      connecting().forEach((pod, took) -> count(pod, took));
    } catch (KubernetesClientException away) {
      // Without an API server nobody knows where they are; it may come back.
      return;
    }
  }

  private void count(String pod, Duration took) {
    longest.accumulateAndGet(took, (one, other) -> one.compareTo(other) > 0 ? one : other);
    if (took.compareTo(LATE) >= 0) {
      late.merge(pod, 1, Integer::sum);
    }
  }

  /** Forgets how often each was late. */
  void forget() {
    late.clear();
    longest.set(Duration.ZERO);
  }

  /** How long it took at most to connect since then. */
  Duration longest() {
    return longest.get();
  }

  /** How often each was 100 ms late or more since then, by its address. */
  Map<String, Integer> late() {
    return Map.copyOf(late);
  }

  void awaitLate() {
    Await.until(
        "both are late",
        () -> {
          Map<String, Duration> now = connecting();
          return now.size() == 2 && now.values().stream().allMatch(InventoryPods::isLate);
        });
  }

  /** Where they are. */
  List<String> addresses() {
    return pods().stream().map(pod -> pod.getStatus().getPodIP()).toList();
  }

  /** Until pods that were at these addresses are fast, which is found without the API server. */
  static void awaitFastAt(List<String> addresses) {
    Await.until(
        "they are fast",
        () -> {
          for (String address : addresses) {
            if (isLate(connecting(address))) {
              return false;
            }
          }
          return true;
        });
  }

  /** Has one of them deleted; its deployment starts another. */
  void deleteOne() {
    client.resource(pods().getFirst()).delete();
  }

  /** Until both are fast, five times in turn. */
  void awaitFast() {
    for (int i = 0; i < 5; i++) {
      Await.until(
          "both are fast", () -> connecting().values().stream().noneMatch(InventoryPods::isLate));
    }
  }

  private static boolean isLate(Duration took) {
    return took.compareTo(LATE) >= 0;
  }

  /** Puts them into zones, in each of which somebody asks them from now on. */
  InventoryZones zones() {
    return InventoryZones.open(client, namespace, pods());
  }

  void end() throws InterruptedException {
    over = true;
    asking.join();
    for (String name : List.of(namespace, namespace + "-agents")) {
      client.namespaces().withName(name).delete();
    }
  }
}
