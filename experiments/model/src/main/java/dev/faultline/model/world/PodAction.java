package dev.faultline.model.world;

import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.PodPlace;
import java.time.Duration;

/** One change to a pod from its node, by an agent that is made for the run. */
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

  /** Sends a signal to the first process of a container, if that is still the same container. */
  record SignalContainer(PodPlace pod, ContainerRef container, ProcessSignal signal)
      implements PodAction {
    @Override
    public String describe() {
      return "send SIG%s to container %s of %s, %s"
          .formatted(signal, container.name(), pod.words(), pod.way().words());
    }
  }

  /**
   * Keeps all processes of a container still, as long as the agent that is made for it lives.
   *
   * @param name names it within the run
   * @param lease how long it may go on without its controller
   */
  record FreezeContainer(PodPlace pod, ContainerRef container, String name, Duration lease)
      implements PodAction {
    @Override
    public String describe() {
      return "keep container %s of %s still, %s"
          .formatted(container.name(), pod.words(), pod.way().words());
    }
  }

  /**
   * Takes something of what a container has, as long as the agent that is made for it lives.
   *
   * @param name names it within the run
   * @param lease how long it may go on without its controller
   */
  record StrainContainer(
      PodPlace pod, ContainerRef container, String name, ContainerStrain what, Duration lease)
      implements PodAction {
    @Override
    public String describe() {
      return "have container %s of %s use %s, %s"
          .formatted(container.name(), pod.words(), what.words(), pod.way().words());
    }
  }

  /** Frees what is held of a container under that name; does nothing where nothing is. */
  record FreeContainer(PodPlace pod, ContainerRef container, String name) implements PodAction {
    @Override
    public String describe() {
      return "free what %s holds of container %s of %s"
          .formatted(name, container.name(), pod.words());
    }
  }

  /** Lets a container go on that was kept still; does nothing where it is not. */
  record ReleaseContainer(PodPlace pod, ContainerRef container, String name) implements PodAction {
    @Override
    public String describe() {
      return "let container %s of %s go on".formatted(container.name(), pod.words());
    }
  }
}
