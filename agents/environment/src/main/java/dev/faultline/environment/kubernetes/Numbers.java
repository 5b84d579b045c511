package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.Figure;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the numbers that gates watch. A number of what is not there is none. Thread-safe. */
final class Numbers {

  private final Api api;
  private final EventCounts events;

  Numbers(Api api) {
    this.api = api;
    this.events = new EventCounts(api);
  }

  Answer ask(Query.ClusterNumber query) throws ApiTrouble {
    Watched what = query.what();
    Reply reply = api.get(path(what));
    if (reply.isMissing()) {
      return new Answer.Unanswered(
          BlindReason.NO_DATA, "there is no " + what.words() + " in " + api.namespace());
    }
    if (!reply.ok()) {
      throw reply.trouble();
    }
    JsonNode object = reply.json();
    return switch (query.figure()) {
      case Figure.Read(Watched.Read read) -> new Answer.Numeric(read(what, read, object));
      case Figure.Condition(String type) -> new Conditions(what, object).ask(type);
      case Figure.Events(String reason) ->
          new Answer.Numeric(events.since(what, object.path("spec").path("selector"), reason));
    };
  }

  private int read(Watched what, Watched.Read read, JsonNode object) throws ApiTrouble {
    JsonNode status = object.path("status");
    boolean daemons = what instanceof Watched.DaemonSet;
    int ready = status.path(daemons ? "numberReady" : "readyReplicas").asInt(0);
    int desired =
        daemons
            ? status.path("desiredNumberScheduled").asInt(0)
            : object.path("spec").path("replicas").asInt(1);
    return switch (read) {
      case READY_REPLICAS -> ready;
      case MISSING_REPLICAS -> Math.max(0, desired - ready);
      case RESTARTS -> what.hasPods() ? restarts(object) : restartsOf(object);
      case SUCCEEDED -> status.path("succeeded").asInt(0);
      case FAILED -> status.path("failed").asInt(0);
      case READY ->
          new Conditions(what, object).status("Ready").equals(Optional.of("True")) ? 1 : 0;
    };
  }

  private String path(Watched what) {
    return switch (what) {
      case Watched.Deployment(String name) -> named(ObjectKind.DEPLOYMENT, name);
      case Watched.StatefulSet(String name) -> named(ObjectKind.STATEFUL_SET, name);
      case Watched.DaemonSet(String name) -> named(ObjectKind.DAEMON_SET, name);
      case Watched.Pod(String name) -> named(ObjectKind.POD, name);
      case Watched.Node(String name) -> named(ObjectKind.NODE, name);
      case Watched.Job(String name) ->
          "/apis/batch/v1/namespaces/%s/jobs/%s".formatted(api.namespace(), name);
    };
  }

  private String named(ObjectKind kind, String name) {
    return ApiPaths.of(kind, api.namespace(), name);
  }

  private int restarts(JsonNode workload) throws ApiTrouble {
    return api
        .list(
            ApiPaths.of(ObjectKind.POD, api.namespace()),
            PodSelector.query(workload.path("spec").path("selector")))
        .stream()
        .mapToInt(Numbers::restartsOf)
        .sum();
  }

  private static int restartsOf(JsonNode pod) {
    return pod.path("status")
        .path("containerStatuses")
        .valueStream()
        .mapToInt(container -> container.path("restartCount").asInt(0))
        .sum();
  }
}
