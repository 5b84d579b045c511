package dev.faultline.environment.kubernetes.agent;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * A pod whose packets are disturbed: one life of it, on one node.
 *
 * @param name {@code NAMESPACE/NAME}
 * @param uid that of the pod
 * @param node where it runs
 * @param container the id of one of its running containers, all of which share its network
 */
public record PodTarget(String name, String uid, String node, String container) {

  /**
   * What the API server says about a pod.
   *
   * @throws AgentTrouble when it does not run, or has no network of its own
   */
  public static PodTarget of(Pod pod) throws AgentTrouble {
    String name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    if (Boolean.TRUE.equals(pod.getSpec().getHostNetwork())) {
      throw AgentTrouble.of(
          "pod %s is in the network of its node (hostNetwork), which all there share"
              .formatted(name));
    }
    return new PodTarget(
        name,
        pod.getMetadata().getUid(),
        Optional.ofNullable(pod.getSpec().getNodeName()).orElse(""),
        running(pod)
            .orElseThrow(() -> AgentTrouble.of("no container of pod %s runs".formatted(name))));
  }

  /** The API says {@code containerd://ID}. */
  private static Optional<String> running(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(one -> one.getState() != null && one.getState().getRunning() != null)
        .map(ContainerStatus::getContainerID)
        .map(id -> id.substring(id.lastIndexOf('/') + 1))
        .findFirst();
  }
}
