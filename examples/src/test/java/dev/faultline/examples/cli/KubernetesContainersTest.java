package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.kubernetes.agent.AgentImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The examples that end, freeze and stress containers, hold pods unready and make load by pods, on
 * a real Kubernetes, as a user who may do what {@code faultline rbac} says and nothing else; who
 * answers is asked from outside.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesContainersTest {

  private static final String FOLDER = "examples/kubernetes/";

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static ProbedPods pods;
  private static String image;
  private static String space;

  @TempDir private Path temp;
  private Cli cli;

  @BeforeAll
  static void startPods() throws Exception {
    cluster = TestCluster.start(shared);
    image = AgentImage.load(shared, cluster.client().nodes().list().getItems().size());
    space = "probed-" + ProcessHandle.current().pid();
    pods = ProbedPods.open(cluster.client(), space);
  }

  @AfterAll
  static void endCluster() throws Exception {
    if (pods != null) {
      pods.end();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void open() {
    cli = new Cli(temp);
    pods.awaitAnswers();
    pods.awaitNoAgents();
  }

  @AfterEach
  void nothingStays() {
    cli.close();
    try {
      pods.awaitAnswers();
      pods.awaitNoAgents();
    } finally {
      pods.clear();
    }
  }

  /** The environment of the example, for these pods. */
  private String environment() throws Exception {
    String text =
        Files.readString(Cli.home().resolve(FOLDER + "environments/shop-with-agents.yaml"));
    return cli.file(
        "shop-with-agents.yaml",
        text.replace("namespace: shop", "namespace: " + space)
            .replace("registry.example/faultline-agent:1", image));
  }

  /** An example, over sooner, by the account that has the rights which it needs. */
  private Running run(String name, String lasting, String lasts) throws Exception {
    return run(name, Map.of(lasting, lasts));
  }

  private Running run(String name, Map<String, String> changes) throws Exception {
    assertThat(Files.readString(Cli.home().resolve(FOLDER + "README.md")))
        .containsPattern("`%s.yaml` \\|.*\\| 0, passed".formatted(name));
    String text = Files.readString(Cli.home().resolve(FOLDER + name + ".yaml"));
    assertThat(text).contains(changes.keySet());
    for (Map.Entry<String, String> change : changes.entrySet()) {
      text = text.replace(change.getKey(), change.getValue());
    }
    String file = cli.file(name + ".yaml", text);
    Ended rbac = cli.run("rbac", file, "--environment", environment());
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    pods.apply(rbac.out());
    return as("run", file, "--environment", environment());
  }

  private Running as(String... arguments) throws Exception {
    Path kubeconfig = cluster.kubeconfig(temp.resolve("kubeconfig"), "test", space, "faultline");
    return cli.start(Map.of("KUBECONFIG", kubeconfig.toString()), Cli.command(arguments));
  }

  private String journal() throws Exception {
    return Files.readString(cli.latest().resolve("journal.jsonl"));
  }

  @Test
  void a_container_is_killed_and_the_kubelet_starts_it_again() throws Exception {

    Ended run = run("container-kill", "within: 90s", "within: 90s").end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(journal()).contains("signalled KILL ");
    assertThat(pods.restarts()).isEqualTo(1);
    // The others look for containers that were started again.
    pods.replace();
  }

  @Test
  void a_frozen_container_goes_on_behind_the_lease_of_a_controller_that_is_killed()
      throws Exception {
    Running running = run("frozen-container", "lease: 20s", "lease: 12s");
    pods.awaitSilent();
    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    pods.awaitAnswers();
    assertThat(pods.restarts()).isZero();
    Ended undo = as("undo").end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(undo.out()).contains("halted");
  }

  @Test
  void a_busy_container_uses_its_own_limit_and_is_idle_when_the_run_is_over() throws Exception {
    Assumptions.assumeTrue(ProbedPods.areCounted(), "needs control groups of version 1 here");
    Running running = run("busy-inventory", "for: 15s", "for: 5s");

    pods.awaitCores("four fifths of the limit are used", cores -> cores > 0.12 && cores < 0.25);
    Ended run = running.end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(journal()).contains("the time of 0.1", "of 0.16 asked");
    pods.awaitCores("nothing is used", cores -> cores < 0.03);
  }

  @Test
  void a_busy_container_is_idle_behind_the_lease_of_a_controller_that_is_killed() throws Exception {
    Running running = run("busy-inventory", "lease: 20s", "lease: 12s");
    pods.awaitCores("four fifths of the limit are used", cores -> cores > 0.12);
    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    pods.awaitCores("nothing is used", cores -> cores < 0.03);
    Ended undo = as("undo").end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(undo.out()).contains("halted");
  }

  @Test
  void a_pod_is_held_unready_and_serves_whoever_asks_it_directly() throws Exception {
    Ended run = run("unready-pod", "for: 20s", "for: 5s").end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(journal()).contains("there, not ready");
  }

  /** At one of the pods, as this cluster knows no names, and no more than it can bear. */
  private Running load(String each) throws Exception {
    return run(
        "load-in-cluster",
        Map.of(
            "inventory.shop.svc",
            pods.address(),
            "100/s, 200/s",
            "20/s, 40/s",
            "each: 15s",
            "each: " + each,
            "below: 500ms",
            "below: 5s"));
  }

  @Test
  void two_pods_send_what_is_asked_for_and_are_gone() throws Exception {
    Ended run = load("4s").end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(Files.readString(cli.latest().resolve("report.json")))
        .contains("\"askedPerSecond\":40.0,\"answeredPerSecond\":40.0");
    assertThat(pods.jobs()).isEmpty();
  }

  @Test
  void a_lost_pod_of_a_load_is_named_and_what_a_killed_controller_leaves_is_found()
      throws Exception {
    Running running = load("1m").awaitErr("baseline: watching");
    assertThat(pods.agents()).hasSize(2);
    String lost = pods.agents().getFirst();
    pods.delete(lost);
    // On a busy machine it is gone before anybody looks.
    running.awaitErr("load: pod " + lost + " is lost, it ").awaitErr("1 of 2 send on");
    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    Ended undo =
        cli.start(
                Map.of("KUBECONFIG", cluster.administrator().toString()),
                Cli.command("undo", "--cluster", "--namespace", space))
            .end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    assertThat(undo.out()).contains("load faultline-load-");
    assertThat(pods.jobs()).isEmpty();
  }
}
