package dev.faultline.environment.kubernetes.agent;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.time.Duration;
import java.util.Optional;

/** One ephemeral container, as the API server has it. Immutable and thread-safe. */
record GuestContainer(KubernetesClient client, String namespace, String pod, String name) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  String words() {
    return "%s in %s/%s".formatted(name, namespace, pod);
  }

  /** What its kubelet says about it; empty when it has said nothing yet, or the pod is gone. */
  private Optional<ContainerState> state() throws AgentTrouble {
    try {
      return Optional.ofNullable(client.pods().inNamespace(namespace).withName(pod).get()).stream()
          .map(Pod::getStatus)
          .flatMap(status -> status.getEphemeralContainerStatuses().stream())
          .filter(status -> status.getName().equals(name))
          .map(ContainerStatus::getState)
          .findFirst();
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }

  /**
   * Waits until it runs.
   *
   * @throws AgentTrouble when it does not, or not in time
   */
  void awaitRunning(Duration within) throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      Optional<ContainerState> now = state();
      if (now.flatMap(state -> Optional.ofNullable(state.getRunning())).isPresent()) {
        return;
      }
      Optional<String> hopeless = now.flatMap(PodLook::hopeless);
      if (hopeless.isPresent()) {
        throw AgentTrouble.over("the agent %s cannot start: %s".formatted(words(), hopeless.get()));
      }
      if (System.nanoTime() - began > within.toNanos()) {
        throw AgentTrouble.of(
            "the agent %s does not run within %d s".formatted(words(), within.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /**
   * Waits until it has ended, or its pod is gone.
   *
   * @return whether it has
   */
  boolean awaitEnd(Duration within) throws AgentTrouble, InterruptedException {
    long began = System.nanoTime();
    while (state().filter(state -> state.getTerminated() == null).isPresent()) {
      if (System.nanoTime() - began > within.toNanos()) {
        return false;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    return true;
  }

  /** Its standard input and output, which end when this does. */
  ExecWatch attach() throws AgentTrouble {
    try {
      return client
          .pods()
          .inNamespace(namespace)
          .withName(pod)
          .inContainer(name)
          .redirectingInput()
          .redirectingOutput()
          .attach();
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }
}
