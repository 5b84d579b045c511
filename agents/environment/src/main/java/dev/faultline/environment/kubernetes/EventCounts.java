package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Watched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Counts the events of a reason since it was first asked for them. What an event had counted by
 * then is taken off, so that no clock plays a part; what has been counted stays counted when the
 * API server forgets an event, or a pod is gone. Thread-safe.
 */
final class EventCounts {

  private final Api api;
  private final Map<Key, Tally> tallies = new ConcurrentHashMap<>();

  EventCounts(Api api) {
    this.api = api;
  }

  private record Key(Watched what, String reason) {}

  /**
   * How often it happened.
   *
   * @param selector by which it knows its pods
   */
  double since(Watched what, JsonNode selector, String reason) throws ApiTrouble {
    Set<String> concerned = concerned(what, selector);
    String space = what.spaceOfEvents().orElse(api.namespace());
    List<JsonNode> events =
        api.list(
            "/api/v1/namespaces/%s/events".formatted(space),
            "fieldSelector=" + Api.encoded("reason=" + reason));
    return tallies.computeIfAbsent(new Key(what, reason), _ -> new Tally()).add(concerned, events);
  }

  /** It and its pods as they are now, by their kinds and names. */
  private Set<String> concerned(Watched what, JsonNode selector) throws ApiTrouble {
    Set<String> all = new HashSet<>();
    all.add(
        switch (what) {
          case Watched.Deployment(String name) -> "Deployment/" + name;
          case Watched.StatefulSet(String name) -> "StatefulSet/" + name;
          case Watched.DaemonSet(String name) -> "DaemonSet/" + name;
          case Watched.Job(String name) -> "Job/" + name;
          case Watched.Pod(String name) -> "Pod/" + name;
          case Watched.Node(String name) -> "Node/" + name;
        });
    if (what.hasPods()) {
      add(all, "Pod", ApiPaths.of(ObjectKind.POD, api.namespace()), selector);
    }
    if (what instanceof Watched.Deployment) {
      String sets = "/apis/apps/v1/namespaces/%s/replicasets".formatted(api.namespace());
      add(all, "ReplicaSet", sets, selector);
    }
    return all;
  }

  private void add(Set<String> all, String kind, String path, JsonNode selector) throws ApiTrouble {
    for (JsonNode one : api.list(path, PodSelector.query(selector))) {
      all.add(kind + "/" + one.path("metadata").path("name").asString(""));
    }
  }

  /** What was counted of one reason. */
  private static final class Tally {

    private final Set<String> concerned = new HashSet<>();
    private final Map<String, Long> before = new HashMap<>();
    private final Map<String, Long> most = new HashMap<>();
    private boolean begun;

    synchronized double add(Set<String> now, List<JsonNode> events) {
      concerned.addAll(now);
      for (JsonNode event : events) {
        String id = event.path("metadata").path("uid").asString("");
        if (!begun) {
          before.put(id, times(event));
        }
        if (concerned.contains(subject(event))) {
          most.merge(id, times(event) - before.getOrDefault(id, 0L), Math::max);
        }
      }
      begun = true;
      return most.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String subject(JsonNode event) {
      JsonNode of = event.path("involvedObject");
      return of.path("kind").asString("") + "/" + of.path("name").asString("");
    }

    /** Those who write them count in one of two ways, or once where they say nothing. */
    private static long times(JsonNode event) {
      long series = event.path("series").path("count").asLong(0);
      return Math.max(1, Math.max(series, event.path("count").asLong(0)));
    }
  }
}
