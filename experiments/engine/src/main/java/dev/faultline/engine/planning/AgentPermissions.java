package dev.faultline.engine.planning;

import dev.faultline.model.cluster.AgentWay;
import dev.faultline.model.cluster.Permission;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.NodeOffline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the agents of an experiment take, by its files alone: those of the way that the environment
 * names, or of a pod beside each target where it names none.
 *
 * @param namespace where it must be allowed; that of the targets when empty
 * @param permissions none where no agent is needed
 */
public record AgentPermissions(Optional<String> namespace, List<Permission> permissions) {

  private static final AgentPermissions NONE = new AgentPermissions(Optional.empty(), List.of());

  /** Keeps the list unchangeable. */
  public AgentPermissions {
    permissions = List.copyOf(permissions);
  }

  /** Those of an experiment in a cluster. */
  public static AgentPermissions of(ExperimentSpec spec, Kubernetes place) {
    boolean pods =
        spec.disturbances().stream().anyMatch(step -> step.fault().agentWork().isPresent());
    boolean nodes =
        spec.disturbances().stream().anyMatch(step -> step.fault() instanceof NodeOffline);
    return place.agent().filter(_ -> pods || nodes).map(agent -> of(agent, nodes)).orElse(NONE);
  }

  /** On a node there is no other way than a pod. */
  private static AgentPermissions of(Kubernetes.Agent agent, boolean nodes) {
    AgentWay way = agent.way().orElse(AgentWay.POD);
    Set<Permission> all = new TreeSet<>(way.permissions());
    if (nodes) {
      all.addAll(AgentWay.POD.permissions());
    }
    return new AgentPermissions(
        way == AgentWay.POD || nodes ? agent.namespace() : Optional.empty(), List.copyOf(all));
  }
}
