package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whom pods belong to: the workload that starts them again. Each kind of workload that some pod has
 * is listed once, however many pods there are.
 */
final class Owners {

  private final Map<String, Workload> workloads = new HashMap<>();
  private final Map<String, String> deployments = new HashMap<>();

  private final String run;

  /** What an object says of who made it, and keeps it. */
  record Controller(String kind, String name) {
    /** Empty where nothing keeps it. */
    static Optional<Controller> of(JsonNode object) {
      return object
          .path("metadata")
          .path("ownerReferences")
          .valueStream()
          .filter(owner -> owner.path("controller").asBoolean(false))
          .findFirst()
          .map(
              owner ->
                  new Controller(owner.path("kind").asString(""), owner.path("name").asString("")));
    }
  }

  private Owners(String run) {
    this.run = run;
  }

  /**
   * The owners of these pods.
   *
   * @param run whose changes do not count as those of others
   */
  static Owners of(List<PodSeen> pods, Api api, String run) throws ApiTrouble {
    Owners owners = new Owners(run);
    Set<String> kinds = new HashSet<>();
    pods.forEach(pod -> pod.controller().ifPresent(owner -> kinds.add(owner.kind())));
    if (kinds.contains("ReplicaSet")) {
      String sets = "/apis/apps/v1/namespaces/%s/replicasets".formatted(api.namespace());
      for (JsonNode set : api.list(sets, "")) {
        owners.add("ReplicaSet", "replicaSet", set);
        Controller.of(set)
            .filter(owner -> owner.kind().equals("Deployment"))
            .ifPresent(owner -> owners.deployments.put(nameOf(set), owner.name()));
      }
    }
    owners.addAll(api, "Deployment", ObjectKind.DEPLOYMENT, !owners.deployments.isEmpty());
    owners.addAll(api, "StatefulSet", ObjectKind.STATEFUL_SET, kinds.contains("StatefulSet"));
    owners.addAll(api, "DaemonSet", ObjectKind.DAEMON_SET, kinds.contains("DaemonSet"));
    return owners;
  }

  private void addAll(Api api, String kind, ObjectKind objects, boolean wanted) throws ApiTrouble {
    if (wanted) {
      for (JsonNode one : api.list(ApiPaths.of(objects, api.namespace()), "")) {
        add(kind, objects.word(), one);
      }
    }
  }

  private void add(String kind, String word, JsonNode object) {
    JsonNode status = object.path("status");
    int desired =
        kind.equals("DaemonSet")
            ? status.path("desiredNumberScheduled").asInt(0)
            : object.path("spec").path("replicas").asInt(1);
    int ready = status.path(kind.equals("DaemonSet") ? "numberReady" : "readyReplicas").asInt(0);
    workloads.put(
        kind + "/" + nameOf(object),
        new Workload(word + "/" + nameOf(object), desired, ready, UndoNote.taken(object, run)));
  }

  /** Whose a pod is; its own where nothing starts it again, or nothing that is known. */
  Workload of(PodSeen pod) {
    int ready = pod.ready() ? 1 : 0;
    return pod.controller()
        .map(
            owner -> {
              String deployment = deployments.get(owner.name());
              String key =
                  owner.kind().equals("ReplicaSet") && deployment != null
                      ? "Deployment/" + deployment
                      : owner.kind() + "/" + owner.name();
              return workloads.getOrDefault(
                  key, new Workload(key.toLowerCase(Locale.ROOT), 1, ready));
            })
        .orElseGet(() -> new Workload("pod/" + pod.name(), 1, ready));
  }

  private static String nameOf(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }
}
