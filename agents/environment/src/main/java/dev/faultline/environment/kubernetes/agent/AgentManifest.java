package dev.faultline.environment.kubernetes.agent;

import dev.faultline.model.cluster.AgentWork;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.node.pod.ContainerAgent;
import dev.faultline.node.pod.ContainerOrders;
import dev.faultline.node.pod.NodeAgent;
import dev.faultline.node.pod.PodOrders;
import dev.faultline.node.pod.PodSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pod of an agent. It is fixed to the node of its target, has no account, no token and no port,
 * and is never started again. Its orders are an annotation of it, which the kubelet writes to a
 * file of it.
 */
final class AgentManifest {

  /** The annotation with the orders. */
  static final String ORDERS = "faultline.dev/orders";

  /** Of which pod, by its uid. */
  static final String TARGET = "faultline.dev/target";

  static final String CONTAINER = "agent";

  /** Of which fault, where the agent is for one alone. */
  static final String FAULT = "faultline.dev/fault";

  /** Who adds containers to pods is asked not to: they would outlive the agent. */
  private static final Map<String, String> NO_SIDECARS =
      Map.of("sidecar.istio.io/inject", "false", "linkerd.io/inject", "disabled");

  private static final Path FOLDER = Path.of("/faultline");
  private static final String FILE = "orders";
  private static final String VOLUME = "orders";
  private static final long GRACE_SECONDS = 10;

  private AgentManifest() {}

  /** The command of another program of the image than its first one. */
  static List<String> program(Class<?> main) {
    return program(main, List.of());
  }

  private static List<String> program(Class<?> main, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/opt/faultline/runtime/bin/java",
                "-XX:+UseSerialGC",
                "-Xms8m",
                "-Xmx16m",
                "-XX:-UsePerfData"));
    command.addAll(more);
    command.addAll(List.of("-cp", "/opt/faultline/lib/faultline-node.jar", main.getName()));
    return List.copyOf(command);
  }

  /**
   * What it may do on its node. For packets: to see the target's processes and its network, to
   * enter that, to make rules and queues there, and to send packets again. For a container: to hold
   * its processes, or to send signals to those of any user, or to see the control groups of the
   * node, and to enter their namespace, without which it could not join those of the container.
   */
  static List<String> rights(AgentWork work) {
    return switch (work) {
      case PACKETS, PROBES -> List.of("SYS_PTRACE", "SYS_ADMIN", "NET_ADMIN", "NET_RAW");
      case FREEZE -> List.of("SYS_PTRACE");
      case STRAIN -> List.of("SYS_PTRACE", "SYS_ADMIN");
      case SIGNAL -> List.of("KILL");
    };
  }

  /** The agent for the packets of a pod, whichever faults disturb them. */
  static Pod of(AgentPlan plan, PodTarget target) {
    return pod(plan, target, AgentWork.PACKETS, PodOrders.first().text());
  }

  /** The agent for a container, which is there for one fault alone. */
  static Pod of(AgentPlan plan, PodTarget target, AgentWork work, String fault) {
    return new PodBuilder(pod(plan, target, work, ContainerOrders.first().text()))
        .editMetadata()
        .addToLabels(FAULT, fault)
        .endMetadata()
        .editSpec()
        .editFirstContainer()
        .withCommand(program(ContainerAgent.class, List.of("--enable-native-access=ALL-UNNAMED")))
        .endContainer()
        .endSpec()
        .build();
  }

  private static Pod pod(AgentPlan plan, PodTarget target, AgentWork work, String orders) {
    return new PodBuilder(bare(plan, "faultline-agent-", target.node(), target.uid()))
        .editMetadata()
        .addToAnnotations(ORDERS, orders)
        .endMetadata()
        .editSpec()
        .withHostPID(true)
        .withContainers(container(plan, target, work))
        .withVolumes(orders())
        .endSpec()
        .build();
  }

  /** One in the network of a node, which it cuts off. */
  static Pod cutting(AgentPlan plan, ObjectRef node, Duration lasts) {
    return new PodBuilder(bare(plan, "faultline-node-", node.name(), node.uid()))
        .editSpec()
        .withHostNetwork(true)
        .addNewContainer()
        .withName(CONTAINER)
        .withImage(plan.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(program(NodeAgent.class))
        .withArgs(NodeAgent.arguments(lasts))
        .withSecurityContext(security(List.of("NET_ADMIN")))
        .endContainer()
        .endSpec()
        .build();
  }

  /** What all agents on a node have in common. */
  private static Pod bare(AgentPlan plan, String name, String node, String target) {
    return new PodBuilder()
        .withNewMetadata()
        .withGenerateName(name)
        .withNamespace(plan.namespace())
        .withLabels(plan.labels())
        .addToLabels(TARGET, target)
        .addToLabels(NO_SIDECARS)
        .addToAnnotations(NO_SIDECARS)
        .endMetadata()
        .withNewSpec()
        .withNodeName(node)
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(plan.longest().toSeconds())
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withDnsPolicy("Default")
        // Whatever keeps other pods off that node: the target is on it.
        .addNewToleration()
        .withOperator("Exists")
        .endToleration()
        .endSpec()
        .build();
  }

  private static Container container(AgentPlan plan, PodTarget target, AgentWork work) {
    PodSettings settings =
        new PodSettings(plan.run(), target.container(), plan.lease(), FOLDER.resolve(FILE));
    return new ContainerBuilder()
        .withName(CONTAINER)
        .withImage(plan.image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs(settings.arguments())
        .withSecurityContext(security(rights(work)))
        .withNewResources()
        .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("96Mi")))
        .withLimits(Map.of("memory", new Quantity("256Mi")))
        .endResources()
        .addNewVolumeMount()
        .withName(VOLUME)
        .withMountPath(FOLDER.toString())
        .withReadOnly(true)
        .endVolumeMount()
        .build();
  }

  private static SecurityContext security(List<String> rights) {
    return new SecurityContextBuilder()
        .withRunAsUser(0L)
        .withReadOnlyRootFilesystem(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .withNewCapabilities()
        .withDrop("ALL")
        .withAdd(rights)
        .endCapabilities()
        .build();
  }

  private static Volume orders() {
    return new VolumeBuilder()
        .withName(VOLUME)
        .withNewDownwardAPI()
        .addNewItem()
        .withPath(FILE)
        .withNewFieldRef()
        .withFieldPath("metadata.annotations['%s']".formatted(ORDERS))
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .build();
  }
}
