package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.environment.kubernetes.load.LoadJobs;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The Jobs of loads that dead runs left, found by their labels, and deleted with their pods. */
final class LoadsLeft {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private static final String OURS =
      "labelSelector="
          + Api.encoded(
              "%s=%s,%s=%s"
                  .formatted(
                      AgentPlan.MANAGED_BY,
                      AgentPlan.FAULTLINE,
                      AgentPlan.COMPONENT,
                      LoadJobs.COMPONENT));

  private final Api api;
  private final Optional<String> namespace;

  LoadsLeft(Api api, Optional<String> namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /**
   * Deletes them and waits until their pods are gone.
   *
   * @param spared of which runs they are not asked for
   * @param alive which runs are on
   */
  List<Remain> end(Predicate<String> spared, Predicate<String> alive) throws ApiTrouble {
    List<Remain> remains = new ArrayList<>();
    for (JsonNode job : jobs()) {
      String run = run(job);
      String words = "load %s in %s".formatted(text(job, "name"), text(job, "namespace"));
      if (alive.test(run)) {
        remains.add(new Remain(run, words, State.ALIVE, "its run is on, and was left alone"));
      } else if (!spared.test(run)) {
        boolean gone = delete(job) && awaitGone(job);
        remains.add(
            new Remain(
                run,
                words,
                gone ? State.UNDONE : State.LEFT,
                gone
                    ? "it is gone"
                    : "its pods do not end within %d s; their lease ends what they send"
                        .formatted(PATIENCE.toSeconds())));
      }
    }
    return remains;
  }

  private List<JsonNode> jobs() throws ApiTrouble {
    String in = namespace.map(name -> "/namespaces/" + name).orElse("");
    return api.list("/apis/batch/v1%s/jobs".formatted(in), OURS);
  }

  private static String text(JsonNode object, String key) {
    return object.path("metadata").path(key).asString("");
  }

  private static String run(JsonNode object) {
    return object.path("metadata").path("labels").path(UndoNote.LABEL).asString("");
  }

  private boolean delete(JsonNode job) throws ApiTrouble {
    String path =
        "/apis/batch/v1/namespaces/%s/jobs/%s".formatted(text(job, "namespace"), text(job, "name"));
    // With the Job its pods go.
    Reply reply = api.delete(path, ClusterFuses.OPTIONS);
    if (!reply.ok() && !reply.isMissing()) {
      throw reply.trouble();
    }
    return true;
  }

  private boolean awaitGone(JsonNode job) throws ApiTrouble {
    long began = System.nanoTime();
    while (System.nanoTime() - began < PATIENCE.toNanos()) {
      boolean there =
          api.list(ApiPaths.of(ObjectKind.POD, text(job, "namespace")), OURS).stream()
              .anyMatch(pod -> run(pod).equals(run(job)));
      if (!there) {
        return true;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException cut) {
        Thread.currentThread().interrupt();
        throw new ApiTrouble(BlindReason.TIMEOUT, "interrupted");
      }
    }
    return false;
  }
}
