package dev.faultline.environment.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.environment.Await;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is ordered comes into force or not at all, whatever the API server does meanwhile. */
class RunningAgentTest {

  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final PacketFault LATE = Shop.late(Duration.ofMillis(300));
  private static final String IMAGE = "localhost/faultline-agent:test";

  private FakeCluster cluster;
  private KubernetesClient client;

  @BeforeEach
  void aCluster() throws Exception {
    cluster = new FakeCluster();
    client = cluster.client();
  }

  @AfterEach
  void itEnds() {
    client.close();
    cluster.close();
  }

  private static Pod web() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .withUid("uid-of-web")
        .endMetadata()
        .withNewSpec()
        .withNodeName("node1")
        .endSpec()
        .withNewStatus()
        .addNewContainerStatus()
        .withContainerID("containerd://" + "ab".repeat(32))
        .withNewState()
        .withNewRunning()
        .endRunning()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private PodDisturber agent() throws Exception {
    AgentPlan plan =
        new AgentPlan("run-1", "chaos", IMAGE, Duration.ofSeconds(15), Duration.ofMinutes(10));
    return new AgentPods(client).start(plan, PodTarget.of(web()), Duration.ofSeconds(60));
  }

  private static void breakFor(KubernetesClient client, String image, Pod pod, PacketFault fault)
      throws Exception {
    AgentPods pods = new AgentPods(client);
    AgentPlan plan =
        new AgentPlan("run-1", "chaos", image, Duration.ofSeconds(15), Duration.ofMinutes(10));
    PodDisturber agent = pods.start(plan, PodTarget.of(pod), Duration.ofSeconds(60));
    agent.put("slow", fault);
    agent.renew(); // well before the lease ends, again and again
    PacketReading reading = agent.remove("slow").orElseThrow();
    boolean gone = agent.end(Duration.ofSeconds(30));
    assertThat(reading).isEqualTo(FakeCluster.READING);
    assertThat(gone).isTrue();
  }

  @Test
  void theExampleRunsAndTheDocumentationShowsIt() throws Exception {
    breakFor(client, IMAGE, web(), LATE);

    Matcher snippet = JAVA.matcher(Files.readString(Path.of("../../docs/kubernetes-agents.md")));
    List<String> test =
        Files.readAllLines(
            Path.of(
                "src/test/java/dev/faultline/environment/kubernetes/agent/RunningAgentTest.java"));
    assertThat(snippet.find()).isTrue();
    assertThat(snippet.group(1).lines()).hasSizeGreaterThan(6);
    assertThat(test).containsAll(snippet.group(1).lines().toList());
    assertThat(cluster.pod()).isEmpty();
  }

  @Test
  void readingsAreThoseOfTheRevisionThatAsked() throws Exception {
    PodDisturber agent = agent();
    assertThat(agent.readings()).isEmpty();

    agent.put("slow", LATE);
    assertThat(agent.readings()).containsOnlyKeys("slow");
    assertThat(agent.remove("slow")).contains(FakeCluster.READING);
    assertThat(agent.remove("slow")).isEmpty();
    assertThat(agent.readings()).isEmpty();
  }

  @Test
  void aFaultWhosePuttingFailedIsWithdrawnByTheNextRenewal() throws Exception {
    PodDisturber agent = agent();
    cluster.failWritings(true);
    assertThatThrownBy(() -> agent.put("slow", LATE))
        .isInstanceOfSatisfying(AgentTrouble.class, it -> assertThat(it.isOver()).isFalse())
        .hasMessageContaining("etcd is away");
    // It was written nevertheless.
    assertThat(cluster.arriveLate()).isTrue();
    assertThat(cluster.followed().faults()).containsKey("slow");
    cluster.failWritings(false);

    agent.renew();

    assertThat(cluster.followed().faults()).isEmpty();
  }

  @Test
  void aFaultWhosePuttingFailedThoughItIsInForceCanBePutAgain() throws Exception {
    PodDisturber agent = agent();
    cluster.failWritings(true);
    assertThatThrownBy(() -> agent.put("slow", LATE)).isInstanceOf(AgentTrouble.class);
    assertThat(cluster.arriveLate()).isTrue();
    cluster.failWritings(false);

    agent.put("slow", LATE);

    assertThat(agent.readings()).containsOnlyKeys("slow");
  }

  @Test
  void aWritingThatWasGivenUpCannotComeIntoForceBehindItsUndo() throws Exception {
    PodDisturber agent = agent();
    cluster.failWritings(true);
    assertThatThrownBy(() -> agent.put("slow", LATE)).isInstanceOf(AgentTrouble.class);
    cluster.failWritings(false);
    agent.remove("slow");

    assertThat(cluster.arriveLate()).isFalse();
    assertThat(cluster.followed().faults()).isEmpty();
  }

  /** As an agent that sees what its node has newest does: the orders between it never hears of. */
  @Test
  void noOrderWaitsForTheAnswerToARenewalWhichALaterOneAnswersToo() throws Exception {
    PodDisturber agent = agent();
    cluster.missOrders();
    FutureTask<Boolean> renewal =
        new FutureTask<>(
            () -> {
              agent.renew();
              return true;
            });
    Thread.ofVirtual().start(renewal);
    Await.until("the renewal is given", cluster::hasMissed);
    assertThat(renewal.isDone()).isFalse();

    agent.put("slow", LATE);

    assertThat(renewal.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(agent.remove("slow")).contains(FakeCluster.READING);
  }

  @Test
  void anAgentWhosePodIsGoneIsOver() throws Exception {
    PodDisturber agent = agent();
    cluster.removePod();

    assertThatThrownBy(agent::renew)
        .isInstanceOfSatisfying(AgentTrouble.class, it -> assertThat(it.isOver()).isTrue());
  }

  @Test
  void anAgentThatWasKilledIsOverThoughItsPodGoesOn() throws Exception {
    PodDisturber agent = agent();
    cluster.killAgent();

    assertThatThrownBy(agent::renew)
        .isInstanceOfSatisfying(AgentTrouble.class, it -> assertThat(it.isOver()).isTrue())
        .hasMessageContaining("137");
  }

  @Test
  void anAgentThatDoesNotAnswerIsToldButMayBeThere() throws Exception {
    PodDisturber _ = agent();
    Pod made = cluster.pod().orElseThrow();
    RunningAgent patientForLess =
        new RunningAgent(
            new AgentPod(client, "chaos", made.getMetadata()), Duration.ofMillis(200), List.of());
    cluster.silenceAgent();

    assertThatThrownBy(patientForLess::renew)
        .isInstanceOfSatisfying(AgentTrouble.class, it -> assertThat(it.isOver()).isFalse())
        .hasMessageContaining("does not answer");
  }

  @Test
  void itsPodHasNoTokenAndBeginsWithNothingInForce() throws Exception {
    PodDisturber _ = agent();

    Pod pod = cluster.pod().orElseThrow();
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "faultline")
        .containsEntry("faultline.dev/run", "run-1")
        .containsEntry("faultline.dev/target", "uid-of-web");
    assertThat(pod.getMetadata().getAnnotations())
        .containsEntry("faultline.dev/orders", "faultline-orders 1\nrevision 1\n");
    assertThat(pod.getSpec().getNodeName()).isEqualTo("node1");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getActiveDeadlineSeconds()).isEqualTo(600);
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    var rights = pod.getSpec().getContainers().getFirst().getSecurityContext();
    assertThat(rights.getPrivileged()).isNull();
    assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(rights.getCapabilities().getAdd())
        .containsExactlyInAnyOrder("SYS_PTRACE", "SYS_ADMIN", "NET_ADMIN", "NET_RAW");
  }

  @Test
  void aPodInTheNetworkOfItsNodeOrWithoutARunningContainerIsNoTarget() {
    Pod shared = new PodBuilder(web()).editSpec().withHostNetwork(true).endSpec().build();
    Pod waiting =
        new PodBuilder(web()).editStatus().withContainerStatuses(List.of()).endStatus().build();

    assertThatThrownBy(() -> PodTarget.of(shared)).hasMessageContaining("hostNetwork");
    assertThatThrownBy(() -> PodTarget.of(waiting)).hasMessageContaining("no container");
  }
}
