package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.kubernetes.agent.AgentImage;
import dev.faultline.examples.shop.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What becomes of changed objects of a real Kubernetes when whoever changed them is killed, as a
 * user who may do what {@code faultline rbac} says and nothing else.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesFuseTest {

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static String image;

  @TempDir private Path temp;
  private Cli cli;
  private ChangedObjects objects;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(shared);
    image = AgentImage.load(shared, cluster.client().nodes().list().getItems().size());
  }

  @AfterAll
  static void end() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void open() {
    cli = new Cli(temp);
    objects = ChangedObjects.open(cluster.client(), "fuses-" + ProcessHandle.current().pid());
  }

  @AfterEach
  void close() {
    cli.close();
    objects.close();
  }

  private String file(String agent) throws Exception {
    return cli.file(
        "trial.yaml",
        """
        apiVersion: faultline.dev/v1
        kind: Experiment
        metadata: {name: trial}
        spec:
          environment:
            kubernetes: {namespace: %s, %slimits: {share: 100%%, lastPod: true}}
          gates:
            - {name: ready, kubernetes: {deployment: web, read: readyReplicas}, above: 0}
          faults:
            - scale: {replicas: 1}
              target: {deployment: web}
              for: 10m
            - cordon: {}
              target: {node: %s}
              for: 10m
            - setConfig: {key: timeout, value: 1ms}
              target: {configMap: settings}
              for: 10m
          lease: 5s
          recovery: {within: 60s}
        """
            .formatted(objects.namespace(), agent, objects.node()));
  }

  /** Runs it with what {@code faultline rbac} says until all is changed, and kills it. */
  private void changeAndDie(String file, String... more) throws Exception {
    Ended rbac = cli.run("rbac", file);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    objects.apply(rbac.out());
    Running run = as(Stream.concat(Stream.of("run", file), Stream.of(more)).toArray(String[]::new));
    for (String fault : List.of("scale-web", "cordon-" + objects.node(), "setConfig-settings")) {
      run.awaitErr("fault %s is in force".formatted(fault));
    }
    assertThat(objects.state()).isEqualTo(ChangedObjects.CHANGED);
    assertThat(run.signal("KILL").end().exit()).isEqualTo(137);
  }

  private Running as(String... arguments) throws Exception {
    Path kubeconfig =
        cluster.kubeconfig(temp.resolve("kubeconfig"), "test", objects.namespace(), "faultline");
    return cli.start(Map.of("KUBECONFIG", kubeconfig.toString()), Cli.command(arguments));
  }

  @Test
  void fuses_in_the_cluster_put_back_what_a_killed_controller_changed() throws Exception {
    changeAndDie(file("agent: {image: \"%s\"}, ".formatted(image)));

    Await.until("all is as it was", () -> objects.state().equals(ChangedObjects.AS_BEFORE));
    Await.until("nothing of ours is left", () -> objects.ours().isEmpty());
    Ended undo = as("undo").end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
  }

  @Test
  void a_node_is_off_for_its_time_whatever_its_controller_is_told_and_then_back() throws Exception {
    String file = example("node-offline.yaml").replace("kind-worker", objects.node());
    file =
        file.replace("for: 90s", "for: 15s")
            .replace("kubernetes: {deployment: inventory", "kubernetes: {deployment: web");
    file = file.replace("above: 0}", "above: 0, when: [before, after]}");
    String environment =
        example("environments/shop-with-agents.yaml")
            .replace("namespace: shop", "namespace: " + objects.namespace())
            .replace("registry.example/faultline-agent:1", image);
    String offline = cli.file("node-offline.yaml", file);
    String where = cli.file("shop-with-agents.yaml", environment);
    Ended rbac = cli.run("rbac", offline, "--environment", where);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    objects.apply(rbac.out());

    Running run = as("run", offline, "--environment", where);
    run.awaitErr("fault nodeOffline-%s is in force".formatted(objects.node()));
    assertThat(objects.nodeAnswers()).isFalse();
    Ended ended = run.signal("INT").end();

    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(6);
    assertThat(ended.out()).contains("1 of 1 steps proven undone");
    assertThat(objects.nodeAnswers()).isTrue();
    assertThat(objects.ours()).isEmpty();
  }

  private static String example(String name) throws Exception {
    return Files.readString(Cli.home().resolve("examples/kubernetes").resolve(name));
  }

  @Test
  void the_objects_alone_tell_how_to_put_them_back_when_the_journal_is_gone() throws Exception {
    String file = file("");
    changeAndDie(file, "--accept", "no-lease");
    try (Stream<Path> state = Files.walk(cli.stateHome())) {
      for (Path path : state.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }

    Ended another = as("plan", file, "--accept", "no-lease").end();
    assertThat(another.exit()).as(another.out() + another.err()).isEqualTo(5);
    assertThat(another.err().replaceAll("\\s+", " "))
        .contains("has changed it and not put it back");

    Ended undo =
        cli.start(
                Map.of("KUBECONFIG", cluster.administrator().toString()),
                Cli.command("undo", "--cluster", "--namespace", objects.namespace()))
            .end();

    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(List.of(undo.out().split("undone", -1))).as(undo.out()).hasSizeGreaterThan(3);
    assertThat(objects.state()).isEqualTo(ChangedObjects.AS_BEFORE);
    assertThat(objects.ours()).isEmpty();
  }
}
