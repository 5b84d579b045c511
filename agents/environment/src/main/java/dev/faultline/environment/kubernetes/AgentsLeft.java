package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pods of agents that dead runs left, found by their labels, and ended. */
final class AgentsLeft {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final String OURS =
      "%s=%s,%s=%s"
          .formatted(
              AgentPlan.MANAGED_BY, AgentPlan.FAULTLINE, AgentPlan.COMPONENT, AgentPlan.AGENT);

  private final Api api;
  private final Optional<String> namespace;

  AgentsLeft(Api api, Optional<String> namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /**
   * Deletes them and waits until they are gone: then nothing of theirs is in force.
   *
   * @param spared of which runs they are not asked for
   * @param alive which runs are on
   */
  List<Remain> end(Predicate<String> spared, Predicate<String> alive) throws ApiTrouble {
    List<Remain> remains = new ArrayList<>();
    Map<String, ObjectRef> ending = new TreeMap<>();
    Map<String, String> runs = new TreeMap<>();
    for (JsonNode pod : list()) {
      String run = pod.path("metadata").path("labels").path(UndoNote.LABEL).asString("");
      ObjectRef ref = Marks.ref(ObjectKind.POD, pod.path("metadata"));
      if (alive.test(run)) {
        remains.add(remain(run, ref, State.ALIVE, "its run is on, and was left alone"));
      } else if (!spared.test(run)) {
        runs.put(ref.uid(), run);
        ending.put(ref.uid(), ref);
        delete(ref);
      }
    }
    List<String> left = awaitGone(List.copyOf(ending.keySet()));
    ending.forEach(
        (uid, ref) ->
            remains.add(
                left.contains(uid)
                    ? remain(
                        runs.getOrDefault(uid, ""),
                        ref,
                        State.LEFT,
                        "it does not end within %d s: its node may be away, and its lease ends it"
                                .formatted(PATIENCE.toSeconds())
                            + " there; undo again when the node is back")
                    : remain(runs.getOrDefault(uid, ""), ref, State.UNDONE, "it is gone")));
    return remains;
  }

  private static Remain remain(String run, ObjectRef pod, State state, String words) {
    return new Remain(run, "agent %s in %s".formatted(pod.name(), pod.namespace()), state, words);
  }

  private List<JsonNode> list() throws ApiTrouble {
    String path =
        namespace
            .map(name -> ApiPaths.of(ObjectKind.POD, name))
            .orElseGet(() -> ApiPaths.everywhere(ObjectKind.POD));
    return api.list(path, "labelSelector=" + Api.encoded(OURS));
  }

  private void delete(ObjectRef pod) throws ApiTrouble {
    ObjectNode options = Codec.json().createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.putObject("preconditions").put("uid", pod.uid());
    Reply reply = api.delete(ApiPaths.of(pod), options.toString());
    if (!reply.ok() && !reply.isMissing() && !reply.isConflict()) {
      throw reply.trouble();
    }
  }

  /** The uids of those that are there still, when patience is at its end. */
  private List<String> awaitGone(List<String> uids) throws ApiTrouble {
    long began = System.nanoTime();
    List<String> left = uids;
    while (!left.isEmpty()) {
      List<String> there =
          list().stream()
              .map(pod -> pod.path("metadata").path("uid").asString(""))
              .filter(uids::contains)
              .toList();
      left = there;
      if (left.isEmpty() || System.nanoTime() - began > PATIENCE.toNanos()) {
        return left;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException cut) {
        Thread.currentThread().interrupt();
        return left;
      }
    }
    return left;
  }
}
