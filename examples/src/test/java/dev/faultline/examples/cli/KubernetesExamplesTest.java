package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples for the shop in Kubernetes, on a real API server and fake nodes, each by an account
 * that may do no more than it needs.
 */
@Tag("slow")
@ResourceLock("cluster of fake nodes")
final class KubernetesExamplesTest {

  private static final String FOLDER = "examples/kubernetes/";
  private static final String ENVIRONMENT = FOLDER + "environments/shop-on-kubernetes.yaml";

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static ShopOnKubernetes shop;

  @TempDir private Path temp;

  @BeforeAll
  static void open() throws Exception {
    cluster = TestCluster.startFake(shared);
    shop = new ShopOnKubernetes(cluster);
  }

  @AfterAll
  static void close() throws Exception {
    if (shop != null) {
      shop.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"pod-kill, 0", "scaled-to-zero, 0", "cordoned-node, 0", "changed-config, 0"})
  void a_run_ends_as_the_readme_says(String name, int exit) throws Exception {
    assertThat(Files.readString(Cli.home().resolve(FOLDER + "README.md")))
        .containsPattern("`%s.yaml` \\|.*\\| %d, ".formatted(name, exit));
    try (Cli cli = new Cli(temp)) {
      Ended run = run(cli, name);

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
      assertThat(run.out()).contains("PASSED " + name);
      assertThat(shop.marked()).isEmpty();
      assertThat(shop.settings().getData()).containsEntry("stock.timeout", "2s");
      assertThat(shop.replicas("stock")).isEqualTo(2);
      assertThat(shop.node().getSpec().getUnschedulable()).isNotEqualTo(true);
    }
  }

  /** With an account that has what {@code faultline rbac} says, and nothing else. */
  private Ended run(Cli cli, String name) throws Exception {
    String text = Files.readString(Cli.home().resolve(FOLDER + name + ".yaml"));
    String file = cli.file(name + ".yaml", text.replace("kind-worker", ShopOnKubernetes.NODE));
    String environment = Cli.home().resolve(ENVIRONMENT).toString();
    Ended roles = cli.run("rbac", file, "--environment", environment, "--name", name);
    assertThat(roles.exit()).as(roles.err()).isEqualTo(0);
    shop.apply(roles.out());
    try {
      return cli.start(
              Map.of("KUBECONFIG", shop.kubeconfig(temp, name).toString()),
              Cli.command("run", file, "--environment", environment, "--accept", "no-lease"))
          .end();
    } finally {
      shop.remove(roles.out());
    }
  }
}
