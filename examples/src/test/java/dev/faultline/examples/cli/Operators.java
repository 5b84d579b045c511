package dev.faultline.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Replicas of an operator, each with a state folder of its own, and the objects that they run. */
final class Operators implements AutoCloseable {

  private static final String SPACE = "operated";

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
          spec: {containers: [{name: web, image: "localhost/busybox:1"}]}
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

  /** Starts one more replica, as a program of its own. */
  void start() throws IOException {
    Cli cli = new Cli(folder.resolve("replica-" + places.size()));
    places.add(cli);
    var _ = cli.folder().toFile().mkdirs();
    on.add(cli.start("operator", "--kubeconfig", kubeconfig, "--home", SPACE, "--port", "0"));
  }

  /** Kills the replica that makes the run of an experiment. */
  void killHolder(String name) throws Exception {
    String holder = status(name, "holder");
    for (Running replica : on) {
      if (replica.process().isAlive() && replica.err().contains("Operator " + holder + ";")) {
        var _ = replica.signal("KILL").end();
        return;
      }
    }
    throw new AssertionError("no replica is called " + holder);
  }

  void apply(String manifests) {
    client.load(new ByteArrayInputStream(manifests.getBytes(UTF_8))).serverSideApply();
  }

  /** An experiment that changes a setting for so long, as a file has it. */
  void setting(String name, String lasts) {
    apply(
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: NAME, namespace: operated, annotations: {faultline.dev/accept: no-lease}}
        spec:
          environment: here
          gates: [{name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0}]
          faults: [{setConfig: {key: timeout, value: 1ms}, target: {configMap: settings}, for: LASTS}]
        """
            .replace("NAME", name)
            .replace("LASTS", lasts));
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

  Resource<GenericKubernetesResource> experiment(String name) {
    MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all =
        client.genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup("faultline.dev")
                .withVersion("v1")
                .withKind("Experiment")
                .withPlural("experiments")
                .withNamespaced(true)
                .build());
    return all.inNamespace(SPACE).withName(name);
  }

  /** What the status of an experiment says; empty where it says nothing. */
  String status(String name, String key) {
    GenericKubernetesResource object = experiment(name).get();
    Object value = object == null ? null : object.get("status", key);
    return Objects.toString(value, "");
  }

  void await(String name, String key, String value) {
    Await.until(
        "%s of %s is %s".formatted(key, name, value),
        () -> {
          String seen = status(name, key);
          if (seen.equals(value)) {
            return true;
          }
          throw new IllegalStateException("'%s': %s".formatted(seen, status(name, "message")));
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
