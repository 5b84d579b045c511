package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.world.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The conditions that an object states. One that is neither true nor false is no data: a node whose
 * kubelet is silent says so of all of its own.
 *
 * @param what what it is
 * @param object as the API server gave it
 */
record Conditions(Watched what, JsonNode object) {

  private static final Set<String> OF_JOBS =
      Set.of("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet");
  private static final Set<String> OF_DEPLOYMENTS = Set.of("ReplicaFailure");
  private static final Set<String> OF_PODS = Set.of("DisruptionTarget");

  /** 1 where it is true, 0 where it is false. */
  Answer ask(String type) {
    Optional<JsonNode> found = find(type);
    if (found.isEmpty()) {
      return standsOnlyWhileTrue(type) ? new Answer.Numeric(0) : none(type);
    }
    return switch (found.get().path("status").asString("")) {
      case "True" -> new Answer.Numeric(1);
      case "False" -> new Answer.Numeric(0);
      default ->
          new Answer.Unanswered(
              BlindReason.NO_DATA,
              "the condition %s of %s is unknown%s"
                  .formatted(type, what.words(), why(found.get().path("reason").asString(""))));
    };
  }

  /** What it says of one, where it does. */
  Optional<String> status(String type) {
    return find(type).map(one -> one.path("status").asString(""));
  }

  private Optional<JsonNode> find(String type) {
    return conditions()
        .valueStream()
        .filter(one -> one.path("type").asString("").equals(type))
        .findFirst();
  }

  private JsonNode conditions() {
    return object.path("status").path("conditions");
  }

  /** Whether Kubernetes adds it when it becomes true, and never states it as false before. */
  private boolean standsOnlyWhileTrue(String type) {
    return switch (what) {
      case Watched.Job _ -> OF_JOBS.contains(type);
      case Watched.Deployment _ -> OF_DEPLOYMENTS.contains(type);
      case Watched.Pod _ -> OF_PODS.contains(type);
      case Watched.StatefulSet _, Watched.DaemonSet _, Watched.Node _ -> false;
    };
  }

  private Answer none(String type) {
    List<String> there =
        conditions().valueStream().map(one -> one.path("type").asString("")).sorted().toList();
    return new Answer.Unanswered(
        BlindReason.NO_DATA,
        "%s states no condition %s; it states %s"
            .formatted(what.words(), type, there.isEmpty() ? "none" : String.join(", ", there)));
  }

  private static String why(String reason) {
    return reason.isEmpty() ? "" : " (%s)".formatted(reason);
  }
}
