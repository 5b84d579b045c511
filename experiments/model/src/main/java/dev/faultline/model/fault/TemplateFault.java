package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.world.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A fault that changes what the pods of a workload are made of. The workload replaces its pods then
 * as it does for every new version, and again when the fault ends: how many at once is its own
 * strategy.
 */
public sealed interface TemplateFault extends ObjectFault permits Image, Limits {

  /** Which container of the pods; may be empty where they have one only. */
  Optional<String> container();

  @Override
  default Set<String> aims() {
    return Set.of("deployment", "statefulSet", "daemonSet");
  }

  @Override
  default Duration shownWithin() {
    return Duration.ofSeconds(30);
  }

  /**
   * The container that is meant.
   *
   * @throws FaultRefused when there is no such one, or none is named of several
   */
  default String containerOf(Instance.ObjectInstance object) {
    List<String> there =
        object.fields().stream()
            .map(one -> one.field() instanceof ObjectField.Image(String name) ? name : "")
            .filter(name -> !name.isEmpty())
            .toList();
    return Pods.containerOf(container(), there, object.owner());
  }

  /** Refuses what cannot be the name of a container. */
  static void checkContainer(Optional<String> container) {
    Pods.checkContainer(container);
  }
}
