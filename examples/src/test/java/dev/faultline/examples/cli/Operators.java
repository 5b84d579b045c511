package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replicas of an operator, each with a state folder of its own, and the objects that they run. */
final class Operators implements AutoCloseable {

  private static final String SPACE = "operated";

  private static final Map<String, String> KINDS =
      Map.of("experiments", "Experiment", "rollouts", "Rollout", "gamedays", "GameDay");

  private static final String THINGS =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: operated, labels: {faultline.dev/chaos: allowed}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: operated}
      data: {timeout: 2s}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: operated}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "localhost/busybox:1", command: [sleep, "36000"]}]}
      """;

  private static final String RULES =
      """
      apiVersion: faultline.dev/v1
      kind: Policy
      metadata: {name: production}
      spec:
        rules:
          - name: short-faults
            require: plan.faults.all(f, seconds(f.lasts) <= 900.0)
            message: no fault lasts longer than a quarter of an hour
            at: spec.faults
      """;

  private final KubernetesClient client;
  private final Path folder;
  private final String kubeconfig;
  private final List<Cli> places = new ArrayList<>();
  private final List<Running> on = new ArrayList<>();

  /** With the things that experiments disturb. */
  Operators(KubernetesClient client, Path folder, String kubeconfig) {
    this.client = client;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
    apply(THINGS);
  }

  /** Lets a cluster know objects of Faultline, with the rights that the page has for them. */
  static void define(KubernetesClient client, Path folder) throws Exception {
    try (Cli cli = new Cli(folder)) {
      Ended crds = cli.run("crds");
      assertThat(crds.exit()).as(crds.err()).isEqualTo(0);
      apply(client, crds.out());
    }
    for (String kind : List.of("experiments", "rollouts", "gamedays", "environments")) {
      Await.until(kind + " are known", () -> established(client, kind + ".faultline.dev"));
    }
    for (String file : List.of("namespace.yaml", "operator.yaml", "rights.yaml")) {
      apply(client, Files.readString(Cli.home().resolve("deploy/operator").resolve(file)));
    }
  }

  private static boolean established(KubernetesClient client, String name) {
    CustomResourceDefinition definition =
        client.apiextensions().v1().customResourceDefinitions().withName(name).get();
    return definition != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  static void apply(KubernetesClient client, String manifests) {
    client.load(new ByteArrayInputStream(manifests.getBytes(UTF_8))).serverSideApply();
  }

  /** Starts one more replica, as a program of its own, which is held to some rules. */
  void start() throws IOException {
    Cli cli = new Cli(folder.resolve("replica-" + places.size()));
    places.add(cli);
    var _ = cli.folder().toFile().mkdirs();
    String rules = cli.file("rules.yaml", RULES);
    on.add(
        cli.start(
            "operator",
            "--kubeconfig",
            kubeconfig,
            "--home",
            SPACE,
            "--port",
            "0",
            "--policy",
            rules));
  }

  /** Kills the replica that makes the run of an object. */
  void killHolder(String object) throws Exception {
    String holder = status(object, "holder");
    for (Running replica : on) {
      if (replica.process().isAlive() && replica.err().contains("Operator " + holder + ";")) {
        var _ = replica.signal("KILL").end();
        return;
      }
    }
    throw new AssertionError("no replica is called " + holder);
  }

  private void apply(String manifests) {
    apply(client, manifests);
  }

  /** An experiment that changes a setting for so long, as a file has it. */
  void setting(String name, String lasts) {
    setting(name, lasts, "");
  }

  /** The same, which is not run before somebody asks for it. */
  void sleepingSetting(String name, String lasts) {
    setting(name, lasts, ", faultline.dev/run: when-asked");
  }

  private void setting(String name, String lasts, String more) {
    apply(
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: NAME, namespace: operated, annotations: {faultline.dev/accept: no-leaseMORE}}
        spec:
          environment: here
          gates: [{name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0}]
          faults: [{setConfig: {key: timeout, value: 1ms}, target: {configMap: settings}, for: LASTS}]
        """
            .replace("NAME", name)
            .replace("LASTS", lasts)
            .replace("MORE", more));
  }

  /** A game day that is due once. */
  void gameDay(String name, String run, Instant at) {
    apply(
        """
        apiVersion: faultline.dev/v1
        kind: GameDay
        metadata: {name: %s, namespace: operated}
        spec: {schedule: {at: "%s"}, runs: [%s]}
        """
            .formatted(name, at.truncatedTo(ChronoUnit.SECONDS), run));
  }

  /** A rollout by pods which waits for a person at half of the traffic. */
  String rollout(OrdersPods pods, String name) {
    apply(
        """
        apiVersion: faultline.dev/v1
        kind: Environment
        metadata: {name: here, namespace: SPACE}
        spec: {kubernetes: {}, prometheus: METRICS}
        ---
        apiVersion: faultline.dev/v1
        kind: Rollout
        metadata: {name: NAME, namespace: SPACE, annotations: {faultline.dev/accept: no-lease}}
        spec:
          environment: here
          stable: v1
          canary: v2
          route: {replicas: {stable: orders, canary: orders-v2, pods: 4}}
          steps: [{weight: 50%, hold: 1s, approve: {within: 5m}}]
          warmUp: 1s
          compare:
            - errors:
                bad: 'http_requests_total{app="orders",version="${version}",code=~"5.."}'
                total: 'http_requests_total{app="orders",version="${version}"}'
        """
            .replace("SPACE", pods.namespace())
            .replace("METRICS", pods.metrics())
            .replace("NAME", name));
    return "rollouts/%s/%s".formatted(pods.namespace(), name);
  }

  /** Says that an object goes on that waits for a person, in the name of one. */
  void approve(String object, String name) {
    var _ =
        object(object)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                """
                {"metadata": {"annotations":
                  {"faultline.dev/approve": "%s", "faultline.dev/approved-by": "%s"}}}
                """
                    .formatted(status(object, "awaits"), name));
  }

  void environment() {
    apply(
        """
        apiVersion: faultline.dev/v1
        kind: Environment
        metadata: {name: here, namespace: operated}
        spec: {kubernetes: {}}
        """);
  }

  /** An object by its kind, its namespace and its name, such as {@code rollouts/shop/orders}. */
  Resource<GenericKubernetesResource> object(String path) {
    String[] parts = path.split("/", 3);
    MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all =
        client.genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup("faultline.dev")
                .withVersion("v1")
                .withKind(KINDS.get(parts[0]))
                .withPlural(parts[0])
                .withNamespaced(true)
                .build());
    return all.inNamespace(parts[1]).withName(parts[2]);
  }

  /** What the status of an object says; empty where it says nothing. */
  String status(String path, String key) {
    GenericKubernetesResource object = object(path).get();
    Object value = object == null ? null : object.get("status", key);
    return Objects.toString(value, "");
  }

  /** Whether the operator lets an object be deleted. */
  boolean isFree(String path) {
    return object(path).get().getMetadata().getFinalizers().isEmpty();
  }

  void await(String object, String key, String value) {
    Await.until(
        "%s of %s is %s".formatted(key, object, value),
        () -> {
          String seen = status(object, key);
          if (seen.equals(value)) {
            return true;
          }
          throw new IllegalStateException("'%s': %s".formatted(seen, status(object, "message")));
        });
  }

  /** The value that experiments change. */
  String timeout() {
    Map<String, String> data =
        Objects.requireNonNull(client.configMaps().inNamespace(SPACE).withName("settings").get())
            .getData();
    return Objects.toString(data.get("timeout"), "");
  }

  /** What all replicas said. */
  String said() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Running replica : on) {
      all.append(replica.err());
    }
    return all.toString();
  }

  /** Stops those that are alive, as a node does; each must end by itself. */
  void stop() throws Exception {
    for (Running replica : on) {
      if (replica.process().isAlive()) {
        int exit = replica.signal("TERM").end().exit();
        if (exit != 0) {
          throw new AssertionError("ended with %d: %s".formatted(exit, replica.err()));
        }
      }
    }
  }

  @Override
  public void close() {
    places.forEach(Cli::close);
  }
}
