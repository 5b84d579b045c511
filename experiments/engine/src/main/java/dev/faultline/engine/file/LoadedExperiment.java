package dev.faultline.engine.file;

import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An experiment with the environment that it runs in.
 *
 * @param name name of the experiment
 * @param spec its content
 * @param environmentName what the environment is called; the experiment's name where it is inline
 * @param environment the environment
 * @param file the file of the experiment, as the user named it
 * @param base the folder of the environment's file, which its paths start from
 * @param rollout what it is, where it is a rollout; the spec is then what a rollout has in common
 *     with an experiment
 */
public record LoadedExperiment(
    String name,
    ExperimentSpec spec,
    String environmentName,
    EnvironmentSpec environment,
    String file,
    Path base,
    Optional<RolloutSpec> rollout) {

  /** An experiment, and nothing else. */
  public LoadedExperiment(
      String name,
      ExperimentSpec spec,
      String environmentName,
      EnvironmentSpec environment,
      String file,
      Path base) {
    this(name, spec, environmentName, environment, file, base, Optional.empty());
  }
}
