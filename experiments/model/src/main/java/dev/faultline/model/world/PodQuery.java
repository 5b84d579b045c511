package dev.faultline.model.world;

import dev.faultline.model.cluster.ContainerRef;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.cluster.PodPlace;

/** One question about a container of a pod. */
public sealed interface PodQuery extends Query.OfCluster {

  /**
   * Whether a container of a pod still runs that life, as the cluster knows it. Answered by {@link
   * Answer.ProcessIs}: running or gone.
   */
  record ContainerStatus(ObjectRef pod, ContainerRef container) implements PodQuery {
    @Override
    public String text() {
      return "container %s of %s".formatted(container.name(), pod.words());
    }
  }

  /**
   * How the processes of a container stand that an agent keeps still. Answered by {@link
   * Answer.ProcessIs}: stopped when all stand still, gone when all have ended.
   *
   * @param name names that within the run
   */
  record FrozenContainer(PodPlace pod, ContainerRef container, String name) implements PodQuery {
    @Override
    public String text() {
      return "processes of container %s (%s)".formatted(container.name(), pod.pod().name());
    }
  }

  /**
   * What is held of a container by an agent. Answered by {@link Answer.StrainIs}.
   *
   * @param name names that within the run
   */
  record StrainedContainer(PodPlace pod, ContainerRef container, String name, ContainerStrain what)
      implements PodQuery {
    @Override
    public String text() {
      return "%s, by container %s (%s)".formatted(what.words(), container.name(), pod.pod().name());
    }
  }
}
