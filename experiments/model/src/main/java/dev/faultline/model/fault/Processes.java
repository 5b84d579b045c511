package dev.faultline.model.fault;

import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What faults on processes ask of a target. */
final class Processes {

  static final Set<String> AIMS = Set.of("service", "process");

  /** Those of faults that a container can have, too. */
  static final Set<String> AIMS_AND_PODS =
      Stream.concat(AIMS.stream(), PodFault.AIMS.stream()).collect(Collectors.toUnmodifiableSet());

  private Processes() {}

  /**
   * Refuses the name of a container where there are none.
   *
   * @throws FaultRefused in words
   */
  static void refuseContainer(Optional<String> container, Instance target) {
    if (container.isPresent()) {
      throw new FaultRefused("%s has no containers; remove 'container'".formatted(target.name()));
    }
  }

  /** The process of a target; one that does not run yet stands for whatever will carry its name. */
  static ProcessRef of(Instance target) {
    return switch (target) {
      case Instance.ProcessInstance process ->
          process.process().orElseGet(() -> new ProcessRef(process.name(), ""));
      case Instance.DatabaseInstance _,
          Instance.LinkInstance _,
          Instance.NetworkInstance _,
          Instance.InCluster _,
          Instance.OnHost _,
          Instance.Here _ ->
          throw new FaultRefused("this fault needs a process as its target");
    };
  }
}
