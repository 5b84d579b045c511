package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Scale;
import dev.faultline.model.world.Instance;
import java.time.Duration;
import java.util.Optional;

/** Refuses what is to help a canary at a breach, and would not. */
final class Remedies {

  /**
   * Nobody knows how long a rollout lasts: its fuse is there for longer, as it has a lease anyway.
   */
  private static final Duration LONGER_THAN_ROLLOUTS = Duration.ofDays(30);

  private Remedies() {}

  /** What a fault needs, where it is one that stays for as long as a rollout lasts. */
  static Fault.Setting lasting(LoadedExperiment experiment, FaultStep step, Fault.Setting setting) {
    return helps(experiment, step)
        ? new Fault.Setting(
            setting.name(),
            LONGER_THAN_ROLLOUTS,
            setting.lease(),
            setting.traffic(),
            setting.seed(),
            setting.fuse())
        : setting;
  }

  private static boolean helps(LoadedExperiment experiment, FaultStep step) {
    return experiment.rollout().isPresent() && step.title().equals(RolloutSpec.SCALE_OUT);
  }

  /**
   * Looks at what one thing has.
   *
   * @throws Unplannable when it is to get more pods, and has as many, or more
   */
  static void require(LoadedExperiment experiment, FaultStep step, Instance target)
      throws Unplannable {
    if (!helps(experiment, step)
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
