package dev.faultline.model.world;

import dev.faultline.model.cluster.PodPlace;

/** One change to the packets of a pod, by an agent that is made for the run. */
public sealed interface PodAction extends Action.InCluster {

  /**
   * Lets an agent disturb packets of a pod from now on, or changes what it does. An agent is made
   * where the run has none for that pod.
   *
   * @param what of which the place is the pod's network
   */
  record DisturbPod(PodPlace pod, Action.DisturbPackets what) implements PodAction {
    @Override
    public String describe() {
      return "%s, %s".formatted(what.describe(), pod.way().words());
    }

    @Override
    public Action itself() {
      return what;
    }
  }

  /**
   * Ends a disturbance of a pod's packets, and with the last one the agent; does nothing where
   * there is none.
   */
  record RestorePod(PodPlace pod, Action.RestorePackets what) implements PodAction {
    @Override
    public String describe() {
      return what.describe();
    }

    @Override
    public Action itself() {
      return what;
    }
  }
}
