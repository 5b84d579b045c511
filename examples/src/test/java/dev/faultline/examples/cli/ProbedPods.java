package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/** Two pods that serve, with a readiness probe that asks them, in a namespace of their own. */
final class ProbedPods {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Path COUNTED = Path.of("/sys/fs/cgroup/cpuacct");

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
            containers:
              - name: inventory
                image: localhost/busybox:1
                command: [sh, -c, "mkdir /tmp/w; echo 7 > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w"]
                resources: {limits: {cpu: 200m, memory: 64Mi}}
                ports: [{name: http, containerPort: 8080}]
                readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1, failureThreshold: 2}
      """;

  private final KubernetesClient client;
  private final String namespace;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private ProbedPods(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static ProbedPods open(KubernetesClient client, String namespace) {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withLabels(Map.of("faultline.dev/chaos", "allowed"))
                .endMetadata()
                .build())
        .serverSideApply();
    ProbedPods pods = new ProbedPods(client, namespace);
    pods.apply(DEPLOYMENT.replace("SPACE", namespace));
    pods.awaitAnswers();
    return pods;
  }

  void apply(String yaml) {
    client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8))).serverSideApply();
  }

  private List<Pod> pods() {
    return client.pods().inNamespace(namespace).withLabel("app", "inventory").list().getItems();
  }

  /** Where one of them serves. */
  String address() {
    return pods().getFirst().getStatus().getPodIP();
  }

  /** How often containers of both were started again. */
  int restarts() {
    return pods().stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .mapToInt(status -> status.getRestartCount())
        .sum();
  }

  /** Has both give way to others, which have never been started again. */
  void replace() {
    client.pods().inNamespace(namespace).withLabel("app", "inventory").delete();
    Await.until("others are there", () -> pods().size() == 2 && restarts() == 0);
    awaitAnswers();
  }

  /** What Faultline made and did not delete. */
  List<String> agents() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/managed-by", "faultline")
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** Until none is left that has not ended yet, as one does in its own time once it is deleted. */
  void awaitNoAgents() {
    Await.until("no agent is left", () -> agents().isEmpty());
  }

  /** What a test that failed has left is not in the way of the next one. */
  void clear() {
    client.batch().v1().jobs().inNamespace(namespace).delete();
    client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/managed-by", "faultline")
        .delete();
  }

  void delete(String pod) {
    client.pods().inNamespace(namespace).withName(pod).delete();
  }

  /** The Jobs by which Faultline made a load, and which it did not delete. */
  List<String> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
        .map(job -> job.getMetadata().getName())
        .toList();
  }

  /** Until both are ready and answer. */
  void awaitAnswers() {
    Await.until("both answer", () -> readyReplicas() == 2 && answering() == 2);
  }

  /** Until one of them does not answer. */
  void awaitSilent() {
    Await.until("one is silent", () -> answering() == 1);
  }

  /** Whether {@link #awaitCores} can be asked here. */
  static boolean areCounted() {
    return Files.isDirectory(COUNTED);
  }

  /** Until the kernel counts, of the busiest container, the time of so many cores. */
  void awaitCores(String what, DoublePredicate enough) {
    Map<Path, Long> last = new HashMap<>();
    long[] at = {System.nanoTime()};
    Await.until(
        what,
        () -> {
          long since = System.nanoTime() - at[0];
          if (since < PATIENCE.toNanos()) {
            return false;
          }
          at[0] += since;
          Map<Path, Long> before = Map.copyOf(last);
          double most = 0;
          for (Path counted : counters()) {
            long now = Long.parseLong(Files.readString(counted).strip());
            last.put(counted, now);
            most = Math.max(most, (double) (now - before.getOrDefault(counted, now)) / since);
          }
          return !before.isEmpty() && enough.test(most);
        });
  }

  /**
   * Where the kernel of this machine, on which the nodes are, counts the processor time of the
   * containers.
   */
  private List<Path> counters() throws IOException {
    List<String> ids =
        pods().stream()
            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
            .map(status -> status.getContainerID().replaceFirst(".*/", ""))
            .toList();
    try (Stream<Path> all = Files.walk(COUNTED)) {
      return all.filter(path -> path.endsWith("cpuacct.usage"))
          .filter(path -> ids.stream().anyMatch(path.toString()::contains))
          .toList();
    }
  }

  private int readyReplicas() {
    Integer ready =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName("inventory")
            .get()
            .getStatus()
            .getReadyReplicas();
    return ready == null ? 0 : ready;
  }

  private long answering() throws InterruptedException {
    long answering = 0;
    for (Pod pod : pods()) {
      if (pod.getStatus().getPodIP() != null && answers(pod.getStatus().getPodIP())) {
        answering++;
      }
    }
    return answering;
  }

  private boolean answers(String address) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:8080/".formatted(address)))
            .timeout(PATIENCE)
            .build();
    try {
      return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException silent) {
      return false;
    }
  }

  void end() {
    http.close();
    client.namespaces().withName(namespace).delete();
  }
}
