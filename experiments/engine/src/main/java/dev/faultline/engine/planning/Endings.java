package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.Load;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Surge;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.util.Optional;

/** What ends a fault, where what is around it decides that, and not the fault alone. */
final class Endings {

  private static final EndsBy BY_EVIDENCE =
      new EndsBy(
          EndsBy.Layer.PLAN,
          Optional.empty(),
          "the run withdraws it, or keeps it for good, by the evidence");
  private static final EndsBy BY_PODS =
      new EndsBy(
          EndsBy.Layer.LEASE,
          Optional.of(Load.LEASE_OF_PODS),
          "the pods that make the load end when the run no longer renews them");

  private Endings() {}

  /** The fault, with what ends it in this experiment. */
  static PlannedFault of(LoadedExperiment experiment, FaultStep step, PlannedFault fault) {
    boolean canarys =
        fault.name().equals(RolloutSpec.SHIFT) || fault.name().equals(RolloutSpec.SCALE_OUT);
    if (experiment.rollout().isPresent() && canarys) {
      return inPlaceOf(EndsBy.Layer.PLAN, BY_EVIDENCE, fault);
    }
    if (step.fault() instanceof Surge && isMadeByPods(experiment)) {
      return inPlaceOf(EndsBy.Layer.KERNEL, BY_PODS, fault);
    }
    return fault;
  }

  private static boolean isMadeByPods(LoadedExperiment experiment) {
    return experiment
        .spec()
        .load()
        .or(() -> experiment.environment().load())
        .flatMap(Load::pods)
        .isPresent();
  }

  private static PlannedFault inPlaceOf(EndsBy.Layer layer, EndsBy other, PlannedFault fault) {
    return fault.with(
        fault.endsBy().stream().map(ends -> ends.layer() == layer ? other : ends).toList());
  }
}
