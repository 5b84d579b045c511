package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.fault.Scale;
import dev.faultline.model.world.Instance;
import java.util.Optional;

/** Refuses what is to help a canary at a breach, and would not. */
final class Remedies {

  private Remedies() {}

  /**
   * Looks at what one thing has.
   *
   * @throws Unplannable when it is to get more pods, and has as many, or more
   */
  static void require(LoadedExperiment experiment, FaultStep step, Instance target)
      throws Unplannable {
    if (experiment.rollout().isEmpty()
        || !step.title().equals(RolloutSpec.SCALE_OUT)
        || !(step.fault() instanceof Scale more)
        || !(target instanceof Instance.ObjectInstance object)) {
      return;
    }
    Optional<Integer> has = object.value(new ObjectField.Replicas()).map(Integer::valueOf);
    if (has.isPresent() && has.get() >= more.replicas()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "onBreach: %s has %d pods, and 'replicas: %d' would not be more"
              .formatted(object.owner(), has.get(), more.replicas()));
    }
  }
}
