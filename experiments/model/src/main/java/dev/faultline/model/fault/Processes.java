package dev.faultline.model.fault;

import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import java.util.Set;

/** What faults on processes ask of a target. */
final class Processes {

  static final Set<String> AIMS = Set.of("service", "process");

  private Processes() {}

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
