package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.lab.TestPrometheus;
import dev.faultline.examples.shop.Await;
import java.nio.file.Path;
import java.util.List;
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
 * Versions that are rolled out by the pods of a real Kubernetes and judged by a real Prometheus, as
 * a user who may do what {@code faultline rbac} says and nothing else.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesRolloutTest {

  private static final String EXAMPLE = "kubernetes/canary.yaml";

  @TempDir private static Path shared;
  private static TestCluster cluster;
  private static Path prometheus;

  @TempDir private Path temp;
  private Cli cli;

  @BeforeAll
  static void open() throws Exception {
    cluster = TestCluster.start(shared);
    prometheus = TestPrometheus.program(shared);
  }

  @AfterAll
  static void end() throws Exception {
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

  @Test
  void a_bad_version_is_rolled_back_and_a_good_one_gets_all_pods() throws Exception {
    try (OrdersPods pods = OrdersPods.open(cluster, temp, prometheus, "500")) {
      OrdersRollout rollout = new OrdersRollout(cli, pods, temp);
      Ended bad =
          rollout.start(EXAMPLE, "{weight: 25%, hold: 2m}", "{weight: 50%, hold: 2m}").end();

      assertThat(bad.exit()).as(bad.out() + bad.err()).isEqualTo(8);
      assertThat(bad.err())
          .containsSubsequence(
              "errors: the canary is worse than stable at 25%", "0% to the canary");
      assertThat(pods.pods()).containsExactly(4, 0);
      assertThat(pods.marked()).isEmpty();
      pods.awaitOnly("v1");

      pods.deploy("200");
      Ended good =
          rollout.start(EXAMPLE, "{weight: 25%, hold: 3s}", "{weight: 50%, hold: 3s}").end();

      assertThat(good.exit()).as(good.out() + good.err()).isEqualTo(0);
      assertThat(good.err())
          .containsSubsequence(
              "25% to the canary", "50% to the canary", "100% to the canary", "promoted: v2");
      assertThat(pods.pods()).containsExactly(0, 4);
      assertThat(pods.marked()).isEmpty();
      pods.awaitOnly("v2");
      assertThat(pods.lost()).isEmpty();
      assertThat(cli.marked().processes()).isEmpty();
    }
  }

  @Test
  void all_traffic_is_back_when_the_controller_was_killed() throws Exception {
    try (OrdersPods pods = OrdersPods.open(cluster, temp, prometheus, "201")) {
      OrdersRollout rollout = new OrdersRollout(cli, pods, temp);
      Running run = rollout.start(EXAMPLE, "{weight: 50%, hold: 10m}");
      run.awaitErr("fault canary is in force");
      assertThat(pods.pods()).containsExactly(2, 2);
      assertThat(pods.next(40)).contains("v1", "v2");
      assertThat(pods.marked()).containsExactly("orders", "orders-v2");

      assertThat(run.signal("KILL").end().exit()).isEqualTo(137);

      Await.until("all pods are stable's", () -> pods.pods().equals(List.of(4, 0)));
      Await.until("nothing of ours is left", () -> pods.marked().isEmpty());
      pods.awaitOnly("v1");
      Ended undo = rollout.as("undo").end();
      assertThat(undo.exit()).as(undo.out() + undo.err()).isEqualTo(0);
      assertThat(pods.pods()).containsExactly(4, 0);
    }
  }
}
