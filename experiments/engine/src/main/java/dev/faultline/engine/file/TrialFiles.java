package dev.faultline.engine.file;

import dev.faultline.model.document.Experiment;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
    return rollout.stepping(steps);
  }

  private List<FaultStep> faults(String name, List<String> at, Placed placed) throws InvalidFile {
    List<Experiment> found =
        loader.read(file(name, at, placed), name).stream()
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

  private static Path file(String name, List<String> at, Placed placed) throws InvalidFile {
    try {
      Path file = placed.folder().resolve(name).normalize();
      if (Files.isRegularFile(file)) {
        return file;
      }
      throw placed.refuse(at, "there is no file %s".formatted(file));
    } catch (InvalidPathException impossible) {
      throw placed.refuse(at, "no file can be called that; check the path");
    }
  }
}
