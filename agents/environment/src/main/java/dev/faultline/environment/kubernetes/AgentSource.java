package dev.faultline.environment.kubernetes;

import dev.faultline.environment.kubernetes.agent.AgentPlan;
import dev.faultline.environment.kubernetes.agent.AgentPods;
import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.node.cluster.ObjectUndo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the agents of a run come from, and what they are told to begin with. Thread-safe.
 *
 * @param client that of all its agents
 * @param here the namespace of their targets
 * @param run its identity, as labels have it
 * @param setting what the environment says; empty where no agents are used
 */
record AgentSource(
    KubernetesClient client, String here, String run, Optional<Kubernetes.Agent> setting) {

  static AgentSource of(Api api, String run, Optional<Kubernetes.Agent> setting) {
    return new AgentSource(api.patient(), api.namespace(), ObjectUndo.label(run), setting);
  }

  AgentPods pods() {
    return new AgentPods(client);
  }

  /** Where the pods of agents are made. */
  String namespace() {
    return setting.flatMap(Kubernetes.Agent::namespace).orElse(here);
  }

  AgentPlan plan(Duration lease, Duration longest) throws AgentTrouble {
    Kubernetes.Agent agent =
        setting.orElseThrow(() -> AgentTrouble.of("the environment names no image of agents"));
    return new AgentPlan(run, namespace(), agent.image(), lease, longest);
  }

  /**
   * A pod as the API server has it.
   *
   * @throws AgentTrouble when it is gone, or another has its name
   */
  Pod pod(ObjectRef ref) throws AgentTrouble {
    try {
      return Optional.ofNullable(
              client.pods().inNamespace(ref.namespace()).withName(ref.name()).get())
          .filter(found -> ref.uid().equals(found.getMetadata().getUid()))
          .orElseThrow(
              () ->
                  AgentTrouble.over(
                      "%s (%s) is gone or was replaced".formatted(ref.words(), ref.uid())));
    } catch (KubernetesClientException failure) {
      throw AgentTrouble.of(failure);
    }
  }
}
