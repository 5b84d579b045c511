package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.lab.TestPrometheus;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Versions that are rolled out by a real Istio of a real Kubernetes, with real traffic: copies
 * first, then staff, then a part of all.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesMeshTest {

  private static final String EXAMPLE = "istio/canary.yaml";

  @TempDir private Path temp;

  @Test
  void a_bad_version_gets_copies_alone_and_a_good_one_gets_all_requests() throws Exception {
    Path _ = OrdersRoutes.made("pilot-discovery");
    Path prometheus = TestPrometheus.program(temp);
    try (Cli cli = new Cli(temp);
        TestCluster cluster = TestCluster.start(temp);
        OrdersPods pods = OrdersPods.open(cluster, temp, prometheus, "500")) {
      pods.scaleCanary(2);
      try (IstioGateway gateway = IstioGateway.start(cluster, temp, pods.namespace())) {
        pods.through(gateway.address());
        OrdersRollout rollout = new OrdersRollout(cli, pods, temp);

        badVersion(rollout, pods);
        goodVersion(rollout, pods);
        assertThat(pods.lost()).isEmpty();
        assertThat(cli.marked().processes()).isEmpty();
      }
    }
  }

  private static void badVersion(OrdersRollout rollout, OrdersPods pods) throws Exception {
    Ended bad = rollout.start(EXAMPLE, "{mirror: 50%, hold: 2m}").end();

    assertThat(bad.exit()).as(bad.out() + bad.err()).isEqualTo(8);
    assertThat(bad.err())
        .containsSubsequence(
            "errors: the canary is worse than stable at copies of 50%", "0% to the canary");
    assertThat(pods.answers()).as("nobody met it").isNotEmpty().containsOnly("v1");
    assertThat(pods.staff()).containsOnly("v1");
  }

  private static void goodVersion(OrdersRollout rollout, OrdersPods pods) throws Exception {
    pods.deploy("200");
    pods.scaleCanary(2);
    Ended good =
        rollout
            .start(
                EXAMPLE,
                "{mirror: 50%, hold: 5s}",
                "{match: {header: X-User-Type, is: staff}, hold: 3s}",
                "{weight: 25%, hold: 3s}")
            .end();

    assertThat(good.exit()).as(good.out() + good.err()).isEqualTo(0);
    assertThat(good.err())
        .containsSubsequence(
            "0% to the canary, and copies of 50%",
            "0% to the canary, and x-user-type: staff",
            "25% to the canary, and x-user-type: staff",
            "100% to the canary",
            "promoted: v2");
    pods.awaitOnly("v2");
    assertThat(pods.staff()).as("once there, staff stays").isSorted().contains("v1", "v2");
  }
}
