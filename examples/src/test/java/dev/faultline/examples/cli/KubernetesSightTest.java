package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.lab.TestPrometheus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
 * What a run sees of a real Kubernetes, as a user who may do what {@code faultline rbac} says and
 * nothing else.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesSightTest {

  private static final String FOLDER = "examples/kubernetes/";

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static WebPods pods;

  @TempDir private Path temp;
  private Cli cli;

  @BeforeAll
  static void open() throws Exception {
    cluster = TestCluster.start(shared);
    pods = WebPods.open(cluster);
  }

  @AfterAll
  static void end() throws Exception {
    if (pods != null) {
      pods.end();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void start() {
    cli = new Cli(temp);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  /** A file of the examples, changed as the test wants it. */
  private String example(String name, String text, String other) throws Exception {
    String written = Files.readString(Cli.home().resolve(FOLDER + name));
    assertThat(written).contains(text);
    return cli.file(Path.of(name).getFileName().toString(), written.replace(text, other));
  }

  /** An environment of the examples, in the namespaces of the pods. */
  private String environment(String name) throws Exception {
    String written = Files.readString(Cli.home().resolve(FOLDER + "environments/" + name));
    return cli.file(
        name,
        written
            .replace("namespace: shop", "namespace: " + pods.namespace())
            .replace("namespace: monitoring", "namespace: " + pods.monitoring()));
  }

  private String rbac(String file, String environment) throws Exception {
    Ended rbac = cli.run("rbac", file, "--environment", environment);
    assertThat(rbac.exit()).as(rbac.err()).isEqualTo(0);
    return rbac.out();
  }

  private Ended run(String file, String environment) throws Exception {
    pods.apply(rbac(file, environment));
    return as("run", file, environment);
  }

  /** As the account that has those rights. */
  private Ended as(String verb, String file, String environment) throws Exception {
    return cli.start(
            Map.of("KUBECONFIG", pods.kubeconfig(temp, "faultline").toString()),
            Cli.command(verb, file, "--environment", environment, "--accept", "no-lease"))
        .end();
  }

  @Test
  void the_cluster_tells_of_an_image_that_is_missing() throws Exception {
    String environment = environment("shop-on-kubernetes.yaml");

    Ended run = run(Cli.home().resolve(FOLDER + "missing-image.yaml").toString(), environment);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED missing-image");
  }

  @Test
  void an_event_breaks_a_gate_and_takes_the_fault_back() throws Exception {
    String file = example("missing-image.yaml", "above: 0, when: [after]", "below: 1");

    Ended run = run(file, environment("shop-on-kubernetes.yaml"));

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out()).contains("FAILED missing-image", "told");
    pods.awaitReady("web", 2);
  }

  @Test
  void services_are_asked_from_inside_by_one_right_each() throws Exception {
    pods.addPrometheus(TestPrometheus.program(shared));
    String file =
        example(
            "seen-from-inside.yaml",
            "    - {name: all serve",
            "    - {name: nothing fires, alert: Down}\n    - {name: all serve");
    String environment = environment("shop-with-prometheus.yaml");

    Ended run = run(file, environment);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(0);
    assertThat(run.out()).contains("PASSED seen-from-inside");
    assertThat(rbac(file, environment))
        .contains(
            "resources: [services/proxy], resourceNames: [\"http:web:8080\"], verbs: [get]",
            "resources: [services/proxy], resourceNames: [\"http:prometheus-server:80\"], verbs:"
                + " [get]")
        .doesNotContain("portforward");
  }

  @Test
  void a_right_to_ask_that_is_missing_is_named() throws Exception {
    String file = Cli.home().resolve(FOLDER + "seen-from-inside.yaml").toString();
    String environment = environment("shop-with-prometheus.yaml");
    String roles = rbac(file, environment);
    pods.apply(roles.replace("http:prometheus-server:80", "http:another:80"));

    Ended plan = as("plan", file, environment);

    assertThat(plan.exit()).as(plan.out() + plan.err()).isEqualTo(5);
    assertThat(plan.err().replaceAll("\\s+", " "))
        .contains(
            "may not get services/proxy http:prometheus-server:80 in namespace "
                + pods.monitoring());
  }
}
