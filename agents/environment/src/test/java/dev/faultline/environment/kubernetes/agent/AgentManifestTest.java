package dev.faultline.environment.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.node.host.HostReading;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent has the rights that its work takes, and no others, and a plan says so. */
class AgentManifestTest {

  private static final PodTarget TARGET =
      new PodTarget("shop/web", "uid-of-web", "node1", "ab".repeat(32));
  private static final AgentPlan PLAN =
      new AgentPlan("run-1", "chaos", "agent:1", Duration.ofSeconds(15), Duration.ofMinutes(10));

  private static Pod pod(AgentWork work) {
    return work.isOfNetwork()
        ? AgentManifest.of(PLAN, TARGET)
        : AgentManifest.of(PLAN, TARGET, work, "hang");
  }

  @ParameterizedTest
  @EnumSource(AgentWork.class)
  void itHasWhatThePlanSays(AgentWork work) {
    Pod pod = pod(work);
    Container agent = pod.getSpec().getContainers().getFirst();

    assertThat(pod.getSpec().getHostPID()).isTrue();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(agent.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(
            "hostPID, " + String.join(", ", agent.getSecurityContext().getCapabilities().getAdd()))
        .isEqualTo(work.rights());
  }

  @ParameterizedTest
  @CsvSource({"FREEZE, SYS_PTRACE", "STRAIN, SYS_PTRACE SYS_ADMIN", "SIGNAL, KILL"})
  void oneForAContainerHasFewRightsAndAProgramOfItsOwn(AgentWork work, String rights) {
    Pod pod = pod(work);
    Container agent = pod.getSpec().getContainers().getFirst();

    assertThat(agent.getSecurityContext().getCapabilities().getAdd())
        .containsExactly(rights.split(" "));
    assertThat(agent.getCommand())
        .endsWith("dev.faultline.node.pod.ContainerAgent")
        .contains("--enable-native-access=ALL-UNNAMED");
    assertThat(agent.getArgs()).contains("run=run-1", "container=" + TARGET.container());
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("faultline.dev/fault", "hang")
        .containsEntry("app.kubernetes.io/component", "packet-agent");
    assertThat(pod.getMetadata().getAnnotations())
        .containsEntry("faultline.dev/orders", "faultline-container 1\nrevision 1\nwork nothing\n");
  }

  @Test
  void whatAnAgentOfAContainerSaysIsRead() {
    AgentLog log =
        new AgentLog(
            List.of("renewed", "signalled KILL 7", "held 3 2", "removed freeze 3 0", "marked 2"));

    assertThat(log.done()).contains("signalled KILL 7");
    assertThat(log.held()).contains(new ContainerHolder.Held(3, 2));
    assertThat(log.released()).contains(new ContainerHolder.Held(3, 0));
    assertThat(new AgentLog(List.of("strained 0.2 0.1 0.0", "marked 2")).held())
        .contains(new ContainerHolder.Strained(HostReading.parse("0.2 0.1 0.0")));
    AgentLog over = new AgentLog(List.of("marked 2", "over the container has ended"));
    assertThat(over.hasEnded()).isTrue();
    assertThat(over.lastWords()).isEqualTo("the container has ended");
    assertThat(new AgentLog(List.of("node 10.0.0.1 fd00:0:0:0:0:0:0:1")).node()).hasSize(2);
    assertThat(new AgentLog(List.of("node ")).node()).isEmpty();
  }
}
