package dev.faultline.model.fault;

import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.InvalidValue;
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
    if (container().isEmpty() && there.size() == 1) {
      return there.getFirst();
    }
    return container()
        .filter(there::contains)
        .orElseThrow(
            () ->
                new FaultRefused(
                    "which container of %s is meant? It has %s; name one with 'container'"
                        .formatted(object.owner(), String.join(", ", there))));
  }

  /** Refuses what cannot be the name of a container. */
  static void checkContainer(Optional<String> container) {
    if (!container.orElse("a").matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new InvalidValue(
          "container", "'%s' cannot name a container".formatted(container.get()));
    }
  }
}
