package dev.faultline.engine.file;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.document.Experiment;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import java.util.ArrayList;
import java.util.List;

/** Finds the experiments whose faults the versions of a rollout must bear. Thread-safe. */
record TrialFiles(Loader loader) {

  /**
   * The rollout with the faults of the experiments that its steps name.
   *
   * @throws InvalidFile when one is not there, or has not one experiment
   */
  RolloutSpec in(RolloutSpec rollout, Placed placed) throws InvalidFile {
    List<RolloutStep> steps = new ArrayList<>();
    for (int i = 0; i < rollout.steps().size(); i++) {
      RolloutStep step = rollout.steps().get(i);
      List<String> at = List.of("spec", "steps", String.valueOf(i), "experiment");
      if (step.experiment().isPresent() && step.tries()) {
        throw placed.refuse(at, "this step has faults of its own, too; leave one of them out");
      }
      steps.add(
          step.experiment().isPresent()
              ? step.with(faults(step.experiment().get(), at, placed))
              : step);
    }
    return whole(rollout.stepping(steps), placed);
  }

  /** What can be in each step can be too much in all of them, such as two surges of one load. */
  private static RolloutSpec whole(RolloutSpec rollout, Placed placed) throws InvalidFile {
    try {
      var _ = rollout.experiment();
      return rollout;
    } catch (InvalidValue wrong) {
      throw placed.refuse(
          List.of("spec", "steps"), "the faults of the steps: %s".formatted(wrong.getMessage()));
    }
  }

  private List<FaultStep> faults(String name, List<String> at, Placed placed) throws InvalidFile {
    List<Experiment> found =
        loader.read(placed.file(name, at), name).stream()
            .map(Placed::document)
            .filter(Experiment.class::isInstance)
            .map(Experiment.class::cast)
            .toList();
    if (found.size() != 1) {
      throw placed.refuse(
          at,
          found.isEmpty()
              ? "there is no experiment in this file"
              : "%d experiments are in this file; give each a file of its own"
                  .formatted(found.size()));
    }
    List<FaultStep> faults = found.getFirst().spec().faults();
    if (faults.isEmpty()) {
      throw placed.refuse(at, "this experiment breaks nothing: it has no faults");
    }
    return faults;
  }
}
