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
 * Versions that are rolled out by a real gateway of a real Kubernetes, with real traffic, as a user
 * who may do what {@code faultline rbac} says and nothing else.
 */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesGatewayTest {

  private static final String EXAMPLE = "gateway-api/canary.yaml";
  private static final String WITH_PODS = "gateway-api/staff.yaml";
  private static final String STAFF = "{match: {header: X-User-Type, is: staff}, hold: %s}";

  @TempDir private Path temp;

  @Test
  void a_bad_version_is_rolled_back_and_a_good_one_gets_all_requests() throws Exception {
    Path _ = OrdersRoutes.made("contour");
    Path prometheus = TestPrometheus.program(temp);
    try (Cli cli = new Cli(temp);
        TestCluster cluster = TestCluster.start(temp);
        OrdersPods pods = OrdersPods.open(cluster, temp, prometheus, "500")) {
      pods.scaleCanary(2);
      try (ContourGateway gateway = ContourGateway.start(cluster, temp, pods.namespace())) {
        pods.through(gateway.address());

        OrdersRollout rollout = new OrdersRollout(cli, pods, temp);
        Ended bad = rollout.startScalingOut(3, WITH_PODS, STAFF.formatted("2m")).end();

        assertThat(bad.exit()).as(bad.out() + bad.err()).isEqualTo(8);
        assertThat(bad.err())
            .containsSubsequence(
                "scaled out at x-user-type: staff: errors: the canary is worse than stable",
                "fault scale-out is in force",
                "errors: the canary is worse than stable at x-user-type: staff",
                "0% to the canary");
        pods.awaitOnly("v1");
        assertThat(pods.canary()).as("as many as it had").isEqualTo(2);
        assertThat(pods.staff()).endsWith("v1");
        promoted(rollout, pods, gateway);
        assertThat(pods.lost()).isEmpty();
        assertThat(cli.marked().processes()).isEmpty();
      }
    }
  }

  /** The canary has no pods before, and all of the traffic afterwards. */
  private static void promoted(OrdersRollout rollout, OrdersPods pods, ContourGateway gateway)
      throws Exception {
    pods.scaleCanary(0);
    pods.deploy("200");
    pods.through(gateway.address());
    Ended good = rollout.start(EXAMPLE, STAFF.formatted("3s"), "{weight: 25%, hold: 3s}").end();

    assertThat(good.exit()).as(good.out() + good.err()).isEqualTo(0);
    assertThat(good.err())
        .containsSubsequence(
            "0% to the canary, and x-user-type: staff",
            "25% to the canary, and x-user-type: staff", "100% to the canary", "promoted: v2");
    pods.awaitOnly("v2");
    assertThat(pods.canary()).as("as many as all of the traffic takes").isEqualTo(4);
    assertThat(pods.marked()).isEmpty();
    assertThat(pods.staff()).as("once there, staff stays").isSorted().contains("v1", "v2");
  }
}
