package dev.faultline.environment.kubernetes.load;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether a pod of a load is lost, and how, by what the API server has of the pods now. */
final class PodLoss {

  private static final Set<String> OVER = Set.of("Failed", "Succeeded");

  private PodLoss() {}

  /** What became of a pod, in words; empty while it may go on. */
  static Optional<String> of(Pod made, List<Pod> there) {
    Optional<Pod> now =
        there.stream()
            .filter(one -> one.getMetadata().getUid().equals(made.getMetadata().getUid()))
            .findFirst();
    if (now.isEmpty()) {
      return Optional.of("it is gone");
    }
    if (now.get().getMetadata().getDeletionTimestamp() != null) {
      // Which is why it ends, if it has ended by now.
      return Optional.of("it was deleted" + why(now.get()));
    }
    String phase = Objects.requireNonNullElse(now.get().getStatus().getPhase(), "");
    return OVER.contains(phase) ? Optional.of("it has ended" + why(now.get())) : Optional.empty();
  }

  /** What the cluster says of it; of its end, if that says nothing. */
  private static String why(Pod pod) {
    return Optional.ofNullable(pod.getStatus().getReason())
        .or(
            () ->
                pod.getStatus().getContainerStatuses().stream()
                    .map(ContainerStatus::getState)
                    .map(ContainerState::getTerminated)
                    .filter(Objects::nonNull)
                    .map(PodLoss::words)
                    .findFirst())
        .map(": "::concat)
        .orElse("");
  }

  private static String words(ContainerStateTerminated end) {
    return "%s, exit code %d".formatted(end.getReason(), end.getExitCode());
  }
}
