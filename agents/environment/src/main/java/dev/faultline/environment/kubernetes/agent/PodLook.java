package dev.faultline.environment.kubernetes.agent;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Optional;
import java.util.Set;

/**
 * A pod as the API server had it at one moment.
 *
 * @param pod empty when it is gone, or another one has its name
 */
record PodLook(Optional<Pod> pod) {

  private static final Set<String> OVER = Set.of("Failed", "Succeeded");

  /** Reasons that do not go by themselves. */
  private static final Set<String> HOPELESS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  boolean isGone() {
    return pod.isEmpty();
  }

  /** Whether its kubelet has told that it runs. */
  boolean isRunning() {
    return pod.filter(one -> "Running".equals(one.getStatus().getPhase())).isPresent();
  }

  /** Why the agent in it has ended; empty while it has not. */
  Optional<String> ended() {
    if (pod.isEmpty()) {
      return Optional.of("its pod is gone");
    }
    PodStatus status = pod.get().getStatus();
    boolean over = OVER.contains(Optional.ofNullable(status.getPhase()).orElse(""));
    return over
        ? Optional.ofNullable(status.getMessage())
            .or(() -> Optional.ofNullable(status.getReason()))
            .or(() -> Optional.of("its pod is over"))
        : agent().flatMap(PodLook::ended);
  }

  /** Others may have added containers to the pod. */
  private Optional<ContainerState> agent() {
    return pod.stream()
        .flatMap(one -> one.getStatus().getContainerStatuses().stream())
        .filter(status -> AgentManifest.CONTAINER.equals(status.getName()))
        .map(ContainerStatus::getState)
        .findFirst();
  }

  private static Optional<String> ended(ContainerState state) {
    return Optional.ofNullable(state.getTerminated())
        .map(ended -> "it has ended with %d".formatted(ended.getExitCode()));
  }

  /** Why it will not run: it has ended, or its container cannot start; empty while it may. */
  Optional<String> hopeless() {
    return ended().or(() -> agent().flatMap(PodLook::hopeless));
  }

  /** Why a container will not run; empty while it may. */
  static Optional<String> hopeless(ContainerState state) {
    return ended(state)
        .or(
            () ->
                Optional.ofNullable(state.getWaiting())
                    .filter(waiting -> HOPELESS.contains(waiting.getReason()))
                    .map(PodLook::words));
  }

  private static String words(ContainerStateWaiting waiting) {
    return Optional.ofNullable(waiting.getMessage())
        .map(message -> waiting.getReason() + ": " + message)
        .orElse(waiting.getReason());
  }
}
