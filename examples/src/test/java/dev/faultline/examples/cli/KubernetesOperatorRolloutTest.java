package dev.faultline.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.environment.lab.TestPrometheus;
import dev.faultline.examples.shop.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Two replicas of an operator that roll out versions with real traffic. */
@Tag("slow")
@ResourceLock("cluster of a real node")
@Order(1)
final class KubernetesOperatorRolloutTest {

  @TempDir private Path folder;

  @Test
  void aRolloutWaitsForAPersonAndGoesBackWhenItsReplicaWasKilled() throws Exception {
    Path prometheus = TestPrometheus.program(folder);
    try (TestCluster cluster = TestCluster.start(folder);
        OrdersPods pods = OrdersPods.open(cluster, folder, prometheus, "200");
        Operators operators =
            new Operators(cluster.client(), folder, cluster.administrator().toString())) {
      Operators.define(cluster.client(), folder);
      operators.start();
      operators.start();
      String approved = operators.rollout(pods, "approved");
      Await.until("it waits", () -> !operators.status(approved, "awaits").isEmpty());
      assertThat(pods.pods()).containsExactly(2, 2);
      assertThatThrownBy(() -> operators.approve(approved, "alice"))
          .hasMessageContaining("who approves a step gives his own name");
      operators.approve(approved, "admin");
      operators.await(approved, "verdict", "passed");
      assertThat(pods.pods()).containsExactly(0, 4);
      assertThat(pods.marked()).isEmpty();

      pods.deploy("200");
      Await.until("version 1 serves", () -> pods.ready("orders") == 4);
      String left = operators.rollout(pods, "left");
      Await.until("it waits", () -> !operators.status(left, "awaits").isEmpty());
      operators.killHolder(left);
      operators.await(left, "verdict", "halted");
      assertThat(pods.pods()).as("all traffic is stable's").containsExactly(4, 0);
      assertThat(pods.marked()).isEmpty();
      operators.stop();
    }
  }
}
