package dev.faultline.environment.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.Await;
import dev.faultline.environment.kubernetes.TestCluster;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** An agent inside the pod that it disturbs ends with the connection that feeds it. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster of a real node")
final class GuestAgentsTest {

  private static final Duration DELAY = Duration.ofMillis(400);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir private static Path folder;
  private static TestCluster cluster;
  private static Shop shop;
  private static String image;

  private final GuestAgents guests = new GuestAgents(client());

  private static KubernetesClient client() {
    return cluster.client();
  }

  @BeforeAll
  static void aClusterWithAShop() throws Exception {
    cluster = TestCluster.start(folder);
    image = AgentImage.load(folder);
    shop = Shop.open(cluster.client(), "guests-" + ProcessHandle.current().pid());
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
  void nothingStaysInForce() throws Exception {
    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    Await.until(
        "all guests have ended",
        () -> states().stream().allMatch(state -> state.getTerminated() != null));
  }

  private static List<ContainerState> states() {
    return shop.web().getStatus().getEphemeralContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .toList();
  }

  private PodDisturber slow(Duration lease) throws Exception {
    AgentPlan plan = new AgentPlan("guest", shop.agents(), image, lease, LONG.multipliedBy(2));
    PodDisturber guest = guests.start(plan, shop.target(), SOON);
    guest.put("slow", Shop.late(DELAY));
    assertThat(shop.connecting()).isGreaterThanOrEqualTo(DELAY);
    return guest;
  }

  @Test
  void whatIsPutIsMeasuredAndEndsWithTheConnection() throws Exception {
    PodDisturber guest = slow(LONG);
    assertThat(guest.readings().values())
        .allSatisfy(reading -> assertThat(reading.least()).isGreaterThanOrEqualTo(DELAY))
        .hasSize(1);
    assertThat(guest.remove("slow").orElseThrow().passed()).isPositive();
    guest.put("slow", Shop.late(DELAY));

    assertThat(guest.end(SOON)).isTrue();
    assertThat(states().getLast().getTerminated().getExitCode()).isZero();
    assertThat(shop.connecting()).isLessThan(DELAY);
  }

  @Test
  void aLeaseThatIsNotRenewedEndsAllThoughTheConnectionLives() throws Exception {
    PodDisturber guest = slow(Duration.ofSeconds(15));

    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    assertThatThrownBy(guest::renew).isInstanceOf(AgentTrouble.class);
  }

  @Test
  void aControllerThatIsKilledEndsAll() throws Exception {
    var web = shop.web().getMetadata();
    AgentController.start(
            cluster,
            shop,
            folder,
            image,
            "guest",
            shop.agents(),
            web.getNamespace(),
            web.getName(),
            "guest")
        .destroyForcibly()
        .waitFor();

    Await.until("the shop is fast", () -> shop.connecting().compareTo(DELAY) < 0);
    Await.until("it has ended", () -> states().getLast().getTerminated() != null);
    // By the end of the connection; by its lease, where the cluster takes longer to pass that on.
    assertThat(states().getLast().getTerminated().getExitCode()).isIn(0, 1);
  }

  @Test
  void aNamespaceThatForbidsItIsToldBeforeAnythingIsMade() throws Exception {
    AgentPlan plan = new AgentPlan("guest", shop.agents(), image, Duration.ofSeconds(30), LONG);
    int before = states().size();
    assertThat(guests.refusal(plan, shop.target())).isEmpty();

    shop.label(Map.of("pod-security.kubernetes.io/enforce", "baseline"));
    try {
      assertThat(guests.refusal(plan, shop.target()).orElseThrow())
          .contains("PodSecurity", "NET_ADMIN");
    } finally {
      shop.label(Map.of("pod-security.kubernetes.io/enforce", "privileged"));
    }
    assertThat(states()).hasSize(before);
  }
}
