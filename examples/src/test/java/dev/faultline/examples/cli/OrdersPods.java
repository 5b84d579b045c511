package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two versions of orders in a namespace of their own, a real Prometheus that scrapes their pods,
 * and a customer who asks their service all the time, in a new connection each.
 */
final class OrdersPods implements AutoCloseable {

  private static final String PROMETHEUS =
      """
      global: {scrape_interval: 1s}
      scrape_configs:
        - job_name: pods
          metrics_path: /cgi-bin/metrics
          file_sd_configs: [{files: [TARGETS], refresh_interval: 1s}]
      """;

  private static final InetSocketAddress NOWHERE = new InetSocketAddress(0);
  private static final Duration BETWEEN = Duration.ofMillis(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int PATIENCE_MILLIS = 5_000;

  private final TestCluster cluster;
  private final String namespace;
  private final int port;
  private final Process prometheus;
  private final Path targets;
  private final AtomicReference<InetSocketAddress> front = new AtomicReference<>(NOWHERE);
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> staff = new CopyOnWriteArrayList<>();
  private final Thread customer = Thread.ofVirtual().unstarted(this::ask);
  private final Thread discovery = Thread.ofVirtual().unstarted(this::discover);
  private volatile boolean over;

  private OrdersPods(
      TestCluster cluster, String namespace, int port, Process prometheus, Path targets) {
    this.targets = targets;
    this.cluster = cluster;
    this.namespace = namespace;
    this.port = port;
    this.prometheus = prometheus;
  }

  /**
   * Starts all of it.
   *
   * @param answer the code that the second version answers with
   */
  static OrdersPods open(TestCluster cluster, Path folder, Path program, String answer)
      throws Exception {
    String namespace = "canary-%d-%s".formatted(ProcessHandle.current().pid(), answer);
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            PROMETHEUS.replace("TARGETS", folder.resolve("targets.json").toString()));
    Process prometheus =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    OrdersPods pods =
        new OrdersPods(cluster, namespace, port, prometheus, folder.resolve("targets.json"));
    pods.deploy(answer);
    Await.until("version 1 serves", () -> pods.ready("orders") == 4);
    pods.customer.start();
    pods.discovery.start();
    return pods;
  }

  /** Both versions, as they are at the beginning; the second one answers with this code. */
  void deploy(String answer) throws IOException {
    apply(
        Files.readString(Cli.home().resolve("examples/kubernetes/manifests/orders.yaml"))
            .replace("shop", namespace)
            .replace("busybox:1.37", "localhost/busybox:1")
            .replace(
                "value: v2}, {name: ANSWER, value: \"200\"",
                "value: v2}, {name: ANSWER, value: \"%s\"".formatted(answer)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void apply(String yaml) {
    cluster
        .client()
        .load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
        .resources()
        .forEach(one -> one.forceConflicts().serverSideApply());
  }

  String namespace() {
    return namespace;
  }

  /** What an environment says of the Prometheus. */
  String metrics() {
    return "{url: \"http://127.0.0.1:%d\", scrapeInterval: 1s}".formatted(port);
  }

  Path kubeconfig(Path folder) throws IOException {
    return cluster.kubeconfig(folder.resolve("kubeconfig"), "test", namespace, "faultline");
  }

  private Deployment deployment(String name) {
    return Objects.requireNonNull(
        cluster.client().apps().deployments().inNamespace(namespace).withName(name).get());
  }

  /** How many pods of a version are ready. */
  int ready(String name) {
    return Optional.ofNullable(deployment(name).getStatus().getReadyReplicas()).orElse(0);
  }

  /** How many pods each version is to have. */
  List<Integer> pods() {
    return Stream.of("orders", "orders-v2")
        .map(name -> deployment(name).getSpec().getReplicas())
        .toList();
  }

  /** Which Deployments carry something of Faultline. */
  List<String> marked() {
    return Stream.of("orders", "orders-v2")
        .filter(name -> deployment(name).toString().contains("faultline.dev/"))
        .toList();
  }

  /** Does what the Prometheus of Debian cannot: it knows no Kubernetes. */
  private void discover() {
    while (!over) {
      try {
        String found =
            cluster.client().pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .map(
                    pod ->
                        "{\"targets\": [\"%s:8080\"], \"labels\": {\"app\": \"orders\", \"version\": \"%s\"}}"
                            .formatted(
                                pod.getStatus().getPodIP(),
                                pod.getMetadata().getLabels().get("version")))
                .collect(Collectors.joining(", ", "[", "]"));
        Path next = Files.writeString(targets.resolveSibling("targets.next"), found);
        Files.move(next, targets, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException passing) {
        // The next look will do.
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Has the customer ask elsewhere from now on, and forgets what was answered before. */
  synchronized void through(InetSocketAddress other) {
    front.set(other);
    answers.clear();
    staff.clear();
  }

  /** Notes an answer, unless the customer asks elsewhere since. */
  private synchronized void note(InetSocketAddress asked, List<String> among, String answer) {
    if (asked.equals(front.get())) {
      among.add(answer);
    }
  }

  /** Starts so many pods of the second version, or ends them, and waits until they are ready. */
  void scaleCanary(int many) {
    cluster.client().apps().deployments().inNamespace(namespace).withName("orders-v2").scale(many);
    Await.until("version 2 serves", () -> ready("orders-v2") == many);
  }

  /** How many pods version 2 is to have. */
  int canary() {
    return pods().getLast();
  }

  /** What requests of staff got, one for three of others; none where nobody asks elsewhere. */
  List<String> staff() {
    return List.copyOf(staff);
  }

  private void ask() {
    String address =
        cluster
            .client()
            .services()
            .inNamespace(namespace)
            .withName("orders")
            .get()
            .getSpec()
            .getClusterIP();
    front.compareAndSet(NOWHERE, new InetSocketAddress(address, 8080));
    InetSocketAddress own = front.get();
    for (int i = 1; !over; i++) {
      InetSocketAddress asked = front.get();
      if (i % 4 == 0 && !asked.equals(own)) {
        note(asked, staff, answer(asked, "X-User-Type: staff\r\n"));
      } else {
        note(asked, answers, answer(asked, ""));
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static String answer(InetSocketAddress address, String header) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(address, PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /cgi-bin/checkout HTTP/1.0\r\nHost: orders\r\n%s\r\n"
              .formatted(header)
              .getBytes(UTF_8));
      String text = new String(socket.getInputStream().readAllBytes(), UTF_8).strip();
      return text.isEmpty() ? "lost: nothing" : text.substring(text.lastIndexOf('\n') + 1);
    } catch (IOException failure) {
      return "lost: " + failure;
    }
  }

  /** What the customer got from now on, as soon as that are so many answers. */
  List<String> next(int many) {
    int from = answers.size();
    Await.until("the customer has asked", () -> answers.size() >= from + many);
    return answers.subList(from, from + many);
  }

  /** What the customer got since it asks where it does. */
  List<String> answers() {
    return List.copyOf(answers);
  }

  /** Waits until the customer gets answers of this version alone. */
  void awaitOnly(String version) {
    Await.until(
        "only %s answers".formatted(version), () -> next(20).stream().allMatch(version::equals));
  }

  /** What the customer did not get. */
  List<String> lost() {
    return Stream.concat(answers.stream(), staff.stream())
        .filter(one -> one.startsWith("lost"))
        .toList();
  }

  @Override
  public void close() {
    over = true;
    prometheus.destroyForcibly();
    cluster.client().namespaces().withName(namespace).delete();
  }
}
