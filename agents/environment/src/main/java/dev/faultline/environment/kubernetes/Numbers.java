package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.Watched;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the numbers that gates watch. A number of what is not there is none. */
final class Numbers {

  private final Api api;

  Numbers(Api api) {
    this.api = api;
  }

  Answer ask(Query.ClusterNumber query) throws ApiTrouble {
    Reply reply = api.get(path(query.what()));
    if (reply.isMissing()) {
      return new Answer.Unanswered(
          BlindReason.NO_DATA, "there is no " + query.what().words() + " in " + api.namespace());
    }
    if (!reply.ok()) {
      throw reply.trouble();
    }
    JsonNode object = reply.json();
    JsonNode status = object.path("status");
    boolean daemons = query.what() instanceof Watched.DaemonSet;
    int ready = status.path(daemons ? "numberReady" : "readyReplicas").asInt(0);
    int desired =
        daemons
            ? status.path("desiredNumberScheduled").asInt(0)
            : object.path("spec").path("replicas").asInt(1);
    return new Answer.Numeric(
        switch (query.read()) {
          case READY_REPLICAS -> ready;
          case MISSING_REPLICAS -> Math.max(0, desired - ready);
          case RESTARTS -> restarts(object.path("spec").path("selector").path("matchLabels"));
          case SUCCEEDED -> status.path("succeeded").asInt(0);
          case FAILED -> status.path("failed").asInt(0);
          case READY -> isReady(status) ? 1 : 0;
        });
  }

  private String path(Watched what) {
    return switch (what) {
      case Watched.Deployment(String name) -> named(ObjectKind.DEPLOYMENT, name);
      case Watched.StatefulSet(String name) -> named(ObjectKind.STATEFUL_SET, name);
      case Watched.DaemonSet(String name) -> named(ObjectKind.DAEMON_SET, name);
      case Watched.Node(String name) -> named(ObjectKind.NODE, name);
      case Watched.Job(String name) ->
          "/apis/batch/v1/namespaces/%s/jobs/%s".formatted(api.namespace(), name);
    };
  }

  private String named(ObjectKind kind, String name) {
    return ApiPaths.of(kind, api.namespace(), name);
  }

  private int restarts(JsonNode labels) throws ApiTrouble {
    String selector =
        labels.properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asString(""))
            .collect(Collectors.joining(","));
    List<JsonNode> pods =
        api.list(
            ApiPaths.of(ObjectKind.POD, api.namespace()), "labelSelector=" + Api.encoded(selector));
    return pods.stream()
        .flatMap(pod -> pod.path("status").path("containerStatuses").valueStream())
        .mapToInt(container -> container.path("restartCount").asInt(0))
        .sum();
  }

  private static boolean isReady(JsonNode status) {
    return status
        .path("conditions")
        .valueStream()
        .anyMatch(
            one ->
                one.path("type").asString("").equals("Ready")
                    && one.path("status").asString("").equals("True"));
  }
}
