package dev.faultline.environment.kubernetes.agent;

import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.text.SettingsText;
import dev.faultline.node.pod.GuestAgent;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Agents as ephemeral containers of the pods that they disturb: where pods that see the processes
 * of their node are forbidden, and the right NET_ADMIN is not.
 *
 * <p>Such a container cannot be taken away: that it was there stays in the pod's spec as long as
 * the pod lives. It takes the verbs get on {@code pods}, patch on {@code pods/ephemeralcontainers},
 * and get and create on {@code pods/attach}. Thread-safe.
 */
public final class GuestAgents {

  private static final List<String> RIGHTS = List.of("NET_ADMIN", "NET_RAW");

  /** Of which run a container is: it has no labels of its own. */
  private static final String RUN = "FAULTLINE_RUN";

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration UNHEARD = Duration.ofMinutes(1);
  private static final int ID_DIGITS = 8;

  private final KubernetesClient client;

  public GuestAgents(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Why the API server would not let one be made; it is asked, and nothing is made.
   *
   * @param plan of which the image counts, and not the namespace
   */
  public Optional<String> refusal(AgentPlan plan, PodTarget target) {
    PatchContext dry =
        new PatchContext.Builder()
            .withPatchType(PatchType.STRATEGIC_MERGE)
            .withDryRun(List.of("All"))
            .build();
    try {
      add(guest(target), plan, dry);
      return Optional.empty();
    } catch (AgentTrouble refused) {
      return Optional.ofNullable(refused.getMessage());
    }
  }

  /**
   * Makes one in the target's pod and waits until it is ready; nothing is in force yet.
   *
   * @param plan of which run, image and lease count
   * @param within how long that may take
   * @throws AgentTrouble when it cannot be made, or is not ready in time
   */
  public PodDisturber start(AgentPlan plan, PodTarget target, Duration within)
      throws AgentTrouble, InterruptedException {
    GuestContainer guest = guest(target);
    add(guest, plan, PatchContext.of(PatchType.STRATEGIC_MERGE));
    guest.awaitRunning(within);
    List<String> settings =
        SettingsText.write(PacketSettings.of(plan.run(), new Place.Here(), plan.lease()));
    return Guest.begin(guest, guest.attach(), settings, PATIENCE);
  }

  /**
   * The agents of a run in a pod that have not ended, as far as its kubelet has told; none where
   * the pod is gone.
   *
   * @throws AgentTrouble when the API server does not say
   */
  public List<String> find(String namespace, String pod, String run) throws AgentTrouble {
    try {
      return Optional.ofNullable(client.pods().inNamespace(namespace).withName(pod).get())
          .map(found -> ofRun(found, run).filter(name -> !ended(found).contains(name)).toList())
          .orElse(List.of());
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }

  private static Stream<String> ofRun(Pod pod, String run) {
    EnvVar mark = new EnvVar(RUN, run, null);
    return pod.getSpec().getEphemeralContainers().stream()
        .filter(one -> one.getEnv().contains(mark))
        .map(EphemeralContainer::getName);
  }

  private static List<String> ended(Pod pod) {
    return pod.getStatus().getEphemeralContainerStatuses().stream()
        .filter(one -> one.getState() != null && one.getState().getTerminated() != null)
        .map(ContainerStatus::getName)
        .toList();
  }

  /**
   * Waits until the agents of a run in a pod have ended, which they do by themselves once nobody
   * speaks with them.
   *
   * @return the names of those that have not
   * @throws AgentTrouble when the API server does not say
   */
  public List<String> awaitEnd(String namespace, String pod, String run, Duration within)
      throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    List<String> left = find(namespace, pod, run);
    while (!left.isEmpty() && System.nanoTime() - began < within.toNanos()) {
      Thread.sleep(BETWEEN_LOOKS);
      left = find(namespace, pod, run);
    }
    return left;
  }

  private GuestContainer guest(PodTarget target) {
    String[] names = target.name().split("/", 2);
    String id = UUID.randomUUID().toString().substring(0, ID_DIGITS);
    return new GuestContainer(client, names[0], names[1], "faultline-agent-" + id);
  }

  private void add(GuestContainer guest, AgentPlan plan, PatchContext how) throws AgentTrouble {
    Map<String, Object> patch =
        Map.of("spec", Map.of("ephemeralContainers", List.of(container(guest.name(), plan))));
    try {
      client
          .pods()
          .inNamespace(guest.namespace())
          .withName(guest.pod())
          .ephemeralContainers()
          .patch(how, Serialization.asJson(patch));
    } catch (KubernetesClientException refused) {
      throw AgentTrouble.of(refused);
    }
  }

  private static EphemeralContainer container(String name, AgentPlan plan) {
    return new EphemeralContainerBuilder()
        .withName(name)
        .withImage(plan.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(AgentManifest.program(GuestAgent.class))
        .withArgs(GuestAgent.arguments(UNHEARD))
        .addNewEnv()
        .withName(RUN)
        .withValue(plan.run())
        .endEnv()
        .withStdin(true)
        .withStdinOnce(true)
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .withRunAsNonRoot(false)
        .withReadOnlyRootFilesystem(true)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .withNewCapabilities()
        .withDrop("ALL")
        .withAdd(RIGHTS)
        .endCapabilities()
        .endSecurityContext()
        .build();
  }
}
