package dev.faultline.environment.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.environment.Await;
import dev.faultline.environment.kubernetes.TestCluster;
import dev.faultline.node.CommandLine;
import dev.faultline.node.packet.PacketReading;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** However an agent in a pod ends, its target is as fast as before, and nothing of it is left. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster of a real node")
final class AgentPodsTest {

  private static final Duration DELAY = Duration.ofMillis(400);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private static Path folder;
  private static TestCluster cluster;
  private static Shop shop;
  private static String image;

  private final String run = "run-" + System.nanoTime();
  private final AgentPods agents = new AgentPods(client());

  private static KubernetesClient client() {
    return cluster.client();
  }

  @BeforeAll
  static void aClusterWithAShop() throws Exception {
    cluster = TestCluster.start(folder);
    image = AgentImage.load(folder);
    shop = Shop.open(client(), "shop-" + ProcessHandle.current().pid());
  }

  @AfterAll
  static void theClusterEnds() throws Exception {
    if (shop != null) {
      shop.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @AfterEach
  void nothingStays() throws Exception {
    assertThat(agents.end(shop.agents(), Optional.empty(), SOON)).isEmpty();
    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
  }

  private AgentPlan plan(Duration lease, Duration longest) {
    return new AgentPlan(run, shop.agents(), image, lease, longest);
  }

  private PodDisturber slow(AgentPlan plan) throws Exception {
    PodDisturber agent = agents.start(plan, shop.target(), SOON);
    agent.put("slow", Shop.late(DELAY));
    assertThat(shop.connecting()).isGreaterThanOrEqualTo(DELAY);
    return agent;
  }

  @Test
  void whatIsPutDisturbsPodsThatTalkToTheTargetAndIsMeasured() throws Exception {
    PodDisturber agent = slow(plan(Duration.ofSeconds(30), LONG));

    Await.until("the other pod waits", () -> shop.shortestGap().compareTo(DELAY) >= 0);
    PacketReading during = Objects.requireNonNull(agent.readings().get("slow"));
    assertThat(during.least()).isGreaterThanOrEqualTo(DELAY);
    assertThat(during.passed()).isPositive();

    assertThat(agent.remove("slow").orElseThrow().matched())
        .isGreaterThanOrEqualTo(during.matched());
    Await.until("the other pod waits no more", () -> shop.shortestGap().compareTo(DELAY) < 0);
    assertThat(agent.readings()).isEmpty();
    assertThat(agent.end(SOON)).isTrue();
    assertThat(agents.find(shop.agents(), Optional.of(run))).isEmpty();
  }

  @Test
  void aFaultIsReplacedAndOneThatTheKernelRefusesLeavesTheOther() throws Exception {
    PodDisturber agent = slow(plan(Duration.ofSeconds(30), LONG));
    agent.put("slow", Shop.late(DELAY.multipliedBy(2)));
    assertThat(shop.connecting()).isGreaterThanOrEqualTo(DELAY.multipliedBy(2));

    assertThatThrownBy(() -> agent.put("odd", Shop.ofGroup("no/such/group")))
        .isInstanceOf(AgentTrouble.class)
        .hasMessageContaining("control group");

    assertThat(agent.readings()).containsOnlyKeys("slow");
  }

  @Test
  void aControllerThatIsKilledLeavesNothingBehindItsLease() throws Exception {
    AgentController.start(cluster, shop, folder, arguments("pod")).destroyForcibly().waitFor();

    Await.until("the shop is fast", SOON, () -> shop.connecting().compareTo(DELAY) < 0);
    String name = agents.find(shop.agents(), Optional.of(run)).getFirst();
    Await.until(
        "the agent has said why",
        () ->
            client()
                .pods()
                .inNamespace(shop.agents())
                .withName(name)
                .getLog()
                .endsWith("expired\n"));
  }

  private String[] arguments(String kind) {
    var web = shop.web().getMetadata();
    return new String[] {image, run, shop.agents(), web.getNamespace(), web.getName(), kind};
  }

  @Test
  void anAgentThatIsKilledLeavesNothing() throws Exception {
    PodDisturber agent = slow(plan(LONG, LONG.multipliedBy(2)));
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses().filter(one -> isAgent(one.pid())).toList();
    assumeTrue(!processes.isEmpty(), "needs the node on this machine");
    processes.forEach(ProcessHandle::destroyForcibly);

    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    Await.until("it is over", () -> isOver(agent));
  }

  private boolean isAgent(long pid) {
    try {
      return CommandLine.of(pid).contains("run=" + run);
    } catch (IOException ended) {
      return false;
    }
  }

  @Test
  void anAgentWhosePodIsDeletedUndoesWhatItDid() throws Exception {
    PodDisturber agent = slow(plan(LONG, LONG.multipliedBy(2)));
    client().pods().inNamespace(shop.agents()).withName(agent.name()).delete();

    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    Await.until("it is gone", () -> agents.find(shop.agents(), Optional.of(run)).isEmpty());
    Await.until("it is over", () -> isOver(agent));
  }

  @Test
  void anAgentEndsByItsLeaseWhileTheApiServerIsAway() throws Exception {
    PodDisturber agent = slow(plan(Duration.ofSeconds(8), LONG));
    try (ApiServer _ = ApiServer.stop(client().getMasterUrl().getPort())) {
      Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    }

    Await.until("it is over", () -> isOver(agent));
  }

  @Test
  void theKubeletEndsAnAgentAtItsDeadlineHoweverOftenItsLeaseIsRenewed() throws Exception {
    PodDisturber agent = slow(plan(Duration.ofSeconds(10), Duration.ofSeconds(15)));

    Await.until("it is over", () -> isOver(agent));
    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    assertThat(
            client()
                .pods()
                .inNamespace(shop.agents())
                .withName(agent.name())
                .get()
                .getStatus()
                .getReason())
        .isEqualTo("DeadlineExceeded");
  }

  private static boolean isOver(PodDisturber agent) throws InterruptedException {
    try {
      agent.renew();
      return false;
    } catch (AgentTrouble trouble) {
      return trouble.isOver();
    }
  }

  @Test
  void agentsAreFoundAndEndedByTheirLabelsAlone() throws Exception {
    PodDisturber agent = slow(plan(LONG, LONG.multipliedBy(2)));
    AgentPods another = new AgentPods(client());

    assertThat(another.end(shop.agents(), Optional.of("another-run"), SOON)).isEmpty();
    assertThat(another.find(shop.agents(), Optional.empty())).containsExactly(agent.name());
    assertThat(another.end(shop.agents(), Optional.of(run), SOON)).isEmpty();
    assertThat(shop.connecting()).isLessThan(DELAY);
  }

  @Test
  void aNamespaceThatForbidsSuchPodsIsToldBeforeAnythingIsMade() throws Exception {
    String strict = shop.agents() + "-strict";
    shop.namespace(strict, Map.of("pod-security.kubernetes.io/enforce", "baseline"));
    try {
      AgentPlan there = new AgentPlan(run, strict, image, Duration.ofSeconds(30), LONG);

      assertThat(agents.refusal(plan(Duration.ofSeconds(30), LONG), shop.target())).isEmpty();
      assertThat(agents.refusal(there, shop.target()).orElseThrow())
          .contains("PodSecurity", "hostPID");
      assertThat(agents.find(strict, Optional.empty())).isEmpty();
      assertThat(agents.find(shop.agents(), Optional.empty())).isEmpty();
    } finally {
      client().namespaces().withName(strict).delete();
    }
  }

  @Test
  void anAgentWhoseTargetIsNotOnTheNodeOrWhoseImageIsMissingLeavesNoPod() throws Exception {
    PodTarget real = shop.target();
    PodTarget gone = new PodTarget(real.name(), real.uid(), real.node(), "ab".repeat(32));
    AgentPlan plan = plan(Duration.ofSeconds(30), LONG);
    AgentPlan unknown =
        new AgentPlan(run, shop.agents(), "localhost/no-such:1", plan.lease(), plan.longest());

    assertThatThrownBy(() -> agents.start(plan, gone, SOON))
        .hasMessageContaining("no process of container");
    assertThatThrownBy(() -> agents.start(unknown, real, SOON))
        .hasMessageContaining("ErrImagePull");
    Await.until("none is left", () -> agents.find(shop.agents(), Optional.empty()).isEmpty());
  }
}
