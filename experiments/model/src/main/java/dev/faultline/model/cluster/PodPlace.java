package dev.faultline.model.cluster;

import java.time.Duration;

/**
 * A pod that an agent disturbs.
 *
 * @param pod which one
 * @param owner whose it is, as plans name it
 * @param way how the agent comes to it
 * @param longest after how long the cluster ends the agent, whatever it does
 */
public record PodPlace(ObjectRef pod, String owner, AgentWay way, Duration longest) {

  /** In words, free of anything that differs between two runs of the same plan. */
  public String words() {
    return owner.startsWith("pod/") ? owner : "a pod of " + owner;
  }
}
