package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.ClusterAction;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ends pods, each only as long as it has the uid that was planned. */
final class PodEnds {

  private final Api api;
  private final EndingPods ending;

  PodEnds(Api api) {
    this.api = api;
    this.ending = new EndingPods(api);
  }

  Effect delete(ClusterAction.DeletePod order) throws ApiTrouble {
    Reply reply =
        api.delete(ApiPaths.of(order.pod()), options(order.pod(), order.grace()).toString());
    if (!reply.ok()) {
      return ended(order.pod(), reply);
    }
    ending.add(order.pod());
    return new Effect.Done("deleted " + order.pod().name());
  }

  /** A disruption budget that forbids it is not asked again: it is what there was to learn. */
  Effect evict(ClusterAction.EvictPod order) throws ApiTrouble {
    ObjectNode eviction =
        Codec.json().createObjectNode().put("apiVersion", "policy/v1").put("kind", "Eviction");
    eviction
        .putObject("metadata")
        .put("name", order.pod().name())
        .put("namespace", order.pod().namespace());
    eviction.set("deleteOptions", options(order.pod(), order.grace()));
    Reply reply = api.post(ApiPaths.of(order.pod()) + "/eviction", eviction.toString());
    if (reply.ok()) {
      ending.add(order.pod());
      return new Effect.Done("evicted " + order.pod().name());
    }
    Optional<String> budget = reply.cause("DisruptionBudget");
    return budget.isPresent()
        ? new Effect.Failed(
            "a disruption budget forbids the eviction of %s: %s"
                .formatted(order.pod().name(), budget.get()))
        : ended(order.pod(), reply);
  }

  /** Gone, or another one by now: there is nothing left to end. */
  private static Effect ended(ObjectRef pod, Reply reply) throws ApiTrouble {
    if (reply.isMissing() || reply.isConflict()) {
      return new Effect.Superseded(
          "%s (%s) was gone or replaced already".formatted(pod.words(), pod.uid()));
    }
    throw reply.trouble();
  }

  private static ObjectNode options(ObjectRef pod, Optional<Duration> grace) {
    ObjectNode options =
        Codec.json().createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.putObject("preconditions").put("uid", pod.uid());
    grace.ifPresent(time -> options.put("gracePeriodSeconds", time.toSeconds()));
    return options;
  }

  Answer status(Query.PodStatus query) throws ApiTrouble {
    Optional<Answer> known = ending.status(query.pod());
    return known.isPresent() ? known.get() : alone(query);
  }

  private Answer alone(Query.PodStatus query) throws ApiTrouble {
    Reply reply = api.get(ApiPaths.of(query.pod()));
    if (reply.isMissing()) {
      return new Answer.PodIs(false, false);
    }
    if (!reply.ok()) {
      throw reply.trouble();
    }
    JsonNode meta = reply.json().path("metadata");
    boolean same = query.pod().uid().equals(meta.path("uid").asString(""));
    return new Answer.PodIs(
        same, same && meta.has("deletionTimestamp"), same && PodInsides.isReady(reply.json()));
  }
}
