package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.environment.kubernetes.agent.AgentPods;
import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.NodeAction;
import dev.faultline.model.world.NodeQuery;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Cuts nodes off, each by an agent on it, and sees them come back. Thread-safe. */
final class NodeCuts {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(45);
  private static final Duration MARGIN = Duration.ofMinutes(5);
  private static final Duration PROBE = Duration.ofMinutes(1);
  private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

  private final Api api;
  private final AgentSource source;
  private final AgentPods pods;

  NodeCuts(Api api, AgentSource source) {
    this.api = api;
    this.source = source;
    this.pods = source.pods();
  }

  /** Its lease means nothing: it is not told anything. */
  private AgentPlan plan(Duration lasts) throws AgentTrouble {
    return source.plan(Duration.ofSeconds(10), lasts.plus(MARGIN));
  }

  /** Whether an agent could be made there, and who else would be cut off. */
  Answer possible(NodeQuery.NodeCutPossible query) throws ApiTrouble {
    Optional<String> dangerous = new OwnPlace(api).on(node(query.node()));
    if (dangerous.isEmpty()) {
      dangerous = lastOfControlPlane(query.node());
    }
    return new Answer.NodeCutIs(lacking(query.node()), dangerous);
  }

  private JsonNode node(ObjectRef node) throws ApiTrouble {
    Reply reply = api.get(ApiPaths.of(node));
    if (!reply.ok()) {
      throw reply.trouble();
    }
    return reply.json();
  }

  private Optional<String> lastOfControlPlane(ObjectRef node) throws ApiTrouble {
    List<JsonNode> all =
        api.list(
            ApiPaths.of(ObjectKind.NODE, api.namespace()),
            "labelSelector=" + Api.encoded(CONTROL_PLANE));
    boolean last =
        all.size() == 1
            && node.name().equals(all.getFirst().path("metadata").path("name").asString(""));
    return last
        ? Optional.of("is the only node of the control plane: it would cut off the API server")
        : Optional.empty();
  }

  private Optional<String> lacking(ObjectRef node) throws ApiTrouble {
    if (new Clearance(api).lacking(AgentWay.POD.permissions(), source.namespace())
            instanceof Answer.Forbidden(var lacking)
        && !lacking.isEmpty()) {
      return Optional.of(
          "the user of the kubeconfig may not %s in namespace %s ('faultline rbac' prints a role"
                  .formatted(
                      lacking.stream().map(one -> one.words()).collect(Collectors.joining(", ")),
                      source.namespace())
              + " that would do)");
    }
    try {
      Optional<String> other = pods.otherRun(source.namespace(), source.run(), node.uid());
      return other.isPresent()
          ? Optional.of("an agent of run %s is there".formatted(other.get()))
          : pods.refusal(plan(PROBE), node, PROBE);
    } catch (AgentTrouble none) {
      return Optional.ofNullable(none.getMessage());
    }
  }

  Effect cut(NodeAction.CutNode order) {
    try {
      pods.cut(plan(order.lasts()), order.node(), order.lasts(), STARTS_WITHIN);
      return new Effect.Done("an agent runs on " + order.node().name());
    } catch (AgentTrouble refused) {
      return new Effect.Failed(
          "cannot cut %s off: %s".formatted(order.node().name(), refused.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  /** Deletes what can be deleted: a kubelet that is cut off hears of it when it is back. */
  Effect await(NodeAction.AwaitNode order) {
    try {
      List<String> left =
          pods.end(
              source.namespace(),
              source.run(),
              order.node().uid(),
              Optional.empty(),
              Duration.ZERO);
      return new Effect.Done(
          left.isEmpty()
              ? "no agent is on " + order.node().name()
              : "told to end: " + String.join(", ", left));
    } catch (AgentTrouble silent) {
      return new Effect.Failed(String.valueOf(silent.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  /** The API server answers for itself first, so that its silence then is that of the kubelet. */
  Answer status(NodeQuery.NodeCut query) throws ApiTrouble {
    boolean ready = PodInsides.isReady(node(query.node()));
    try {
      List<String> agents = pods.find(source.namespace(), source.run(), query.node().uid());
      boolean reached = agents.isEmpty() ? ready : reached(agents.getFirst());
      return new Answer.NodeStands(ready, reached, !agents.isEmpty());
    } catch (AgentTrouble silent) {
      return new Answer.Unanswered(BlindReason.UNREACHABLE, String.valueOf(silent.getMessage()));
    }
  }

  /** Logs are asked of the kubelet. */
  private boolean reached(String agent) {
    try {
      String path =
          ApiPaths.of(ObjectKind.POD, source.namespace(), agent)
              + "/log?container=agent&tailLines=1";
      return api.getOnce(path).code() < HttpURLConnection.HTTP_INTERNAL_ERROR;
    } catch (ApiTrouble silence) {
      return false;
    }
  }
}
