package dev.faultline.environment.kubernetes.agent;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that is disturbed: one life of it, on one node.
 *
 * @param name {@code NAMESPACE/NAME}
 * @param uid that of the pod
 * @param node where it runs
 * @param container the id of the container that is meant, or of one of those that run, all of which
 *     share its network
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
    return of(pod, name, "");
  }

  /**
   * One of its containers, or any one.
   *
   * @param id that of the container; of any that runs when empty
   * @throws AgentTrouble when it does not run
   */
  public static PodTarget ofContainer(Pod pod, String id) throws AgentTrouble {
    return of(pod, pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName(), id);
  }

  private static PodTarget of(Pod pod, String name, String id) throws AgentTrouble {
    return new PodTarget(
        name,
        pod.getMetadata().getUid(),
        Optional.ofNullable(pod.getSpec().getNodeName()).orElse(""),
        running(pod)
            .filter(one -> id.isEmpty() || one.equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    id.isEmpty()
                        ? AgentTrouble.of("no container of pod %s runs".formatted(name))
                        : AgentTrouble.over(
                            "the container of pod %s has ended or was started again"
                                .formatted(name))));
  }

  /** The API says {@code containerd://ID}. */
  private static Stream<String> running(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(one -> one.getState() != null && one.getState().getRunning() != null)
        .map(ContainerStatus::getContainerID)
        .map(id -> id.substring(id.lastIndexOf('/') + 1));
  }
}
