package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.kubernetes.agent.AgentImage;
import dev.faultline.examples.shop.Await;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The load that pods of a real Kubernetes make, as a user who may do what {@code faultline rbac}
 * says and nothing else.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
final class KubernetesLoadTest {

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
    space = "loaded-" + ProcessHandle.current().pid();
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
  }

  @AfterEach
  void close() {
    cli.close();
  }

  private String environment() throws Exception {
    String text =
        Files.readString(Cli.home().resolve(FOLDER + "environments/shop-with-agents.yaml"));
    return cli.file(
        "shop-with-agents.yaml",
        text.replace("namespace: shop", "namespace: " + space)
            .replace("registry.example/faultline-agent:1", image));
  }

  /** The example, shorter, at one of the pods, as this cluster knows no names. */
  private String file() throws Exception {
    String text = Files.readString(Cli.home().resolve(FOLDER + "load-in-cluster.yaml"));
    assertThat(text).contains("inventory.shop.svc", "each: 15s");
    return cli.file(
        "load-in-cluster.yaml",
        text.replace("inventory.shop.svc", pods.address()).replace("each: 15s", "each: 8s"));
  }

  private Running run(String file) throws Exception {
    Ended rbac = cli.run("rbac", file, "--environment", environment());
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    pods.apply(rbac.out());
    return as("run", file, "--environment", environment());
  }

  private Running as(String... arguments) throws Exception {
    Path kubeconfig = cluster.kubeconfig(temp.resolve("kubeconfig"), "test", space, "faultline");
    return cli.start(Map.of("KUBECONFIG", kubeconfig.toString()), Cli.command(arguments));
  }

  private static List<Job> jobs() {
    return cluster.client().batch().v1().jobs().inNamespace(space).list().getItems();
  }

  @Test
  void two_pods_send_what_is_asked_for_and_are_gone() throws Exception {
    Ended run = run(file()).end();

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED load-in-cluster");
    assertThat(Files.readString(cli.latest().resolve("report.json")))
        .contains("\"asked\":200.0")
        .doesNotContain("\"sent\":0,");
    assertThat(jobs()).isEmpty();
    assertThat(pods.agents()).isEmpty();
  }

  @Test
  void the_pods_of_a_controller_that_is_killed_end_and_undo_deletes_their_job() throws Exception {
    Running running = run(file());
    running.awaitErr("baseline");
    assertThat(pods.agents()).hasSize(2);
    assertThat(running.signal("KILL").end().exit()).isEqualTo(137);

    Await.until("they end by themselves", () -> jobs().stream().allMatch(KubernetesLoadTest::over));

    Ended undo =
        cli.start(
                Map.of("KUBECONFIG", cluster.administrator().toString()),
                Cli.command("undo", "--cluster", "--namespace", space))
            .end();
    assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
    Await.until("nothing is left", () -> jobs().isEmpty() && pods.agents().isEmpty());
  }

  private static boolean over(Job job) {
    Integer active = job.getStatus().getActive();
    return active == null || active == 0;
  }
}
