package dev.faultline.environment.kubernetes.load;

import dev.faultline.environment.kubernetes.agent.AgentPlan;
import java.time.Duration;
import java.util.Map;

/**
 * How the pods of a load are made.
 *
 * @param run the identity of the run, as a label has it
 * @param namespace where they are made
 * @param image that of {@code deploy/agent-image}
 * @param pods how many; at least 1
 * @param lease how long they go on after the last renewal
 */
record LoadPlan(String run, String namespace, String image, int pods, Duration lease) {

  /** The labels of the Job and its pods. */
  Map<String, String> labels() {
    return Map.of(
        AgentPlan.MANAGED_BY,
        AgentPlan.FAULTLINE,
        AgentPlan.COMPONENT,
        LoadJobs.COMPONENT,
        AgentPlan.RUN,
        run);
  }
}
