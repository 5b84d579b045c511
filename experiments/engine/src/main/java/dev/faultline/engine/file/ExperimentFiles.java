package dev.faultline.engine.file;

import dev.faultline.model.document.Document;
import dev.faultline.model.document.Environment;
import dev.faultline.model.document.EnvironmentRef;
import dev.faultline.model.document.Experiment;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Rollout;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.Kubernetes;
import dev.faultline.model.fault.Surge;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Load;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds experiments in files, and the environments that they name. Thread-safe. */
public final class ExperimentFiles {

  private final Loader loader;
  private final ImportedGates imported;
  private final EnvironmentFiles environments;
  private final TrialFiles trials;

  /** Reads with a loader of its own. */
  public ExperimentFiles() {
    this(new Loader());
  }

  /** Reads with a loader that others use too: to make one costs more than to read a file. */
  public ExperimentFiles(Loader loader) {
    this.loader = loader;
    this.imported = new ImportedGates(loader);
    this.environments = new EnvironmentFiles(loader);
    this.trials = new TrialFiles(loader);
  }

  /**
   * Reads the experiments of a file; none where it holds environments only.
   *
   * @param environment file or name that takes the place of what the experiments name
   * @throws InvalidFile when a file is refused, or an environment is not found
   */
  public List<LoadedExperiment> load(String file, Optional<String> environment) throws InvalidFile {
    List<Placed> documents = loader.read(path(file), file);
    List<LoadedExperiment> experiments = new ArrayList<>();
    for (Placed placed : documents) {
      Optional<RolloutSpec> rollout =
          placed.document() instanceof Rollout one
              ? Optional.of(trials.in(one.spec(), placed))
              : Optional.empty();
      Optional<ExperimentSpec> spec =
          rollout.map(RolloutSpec::experiment).or(() -> experiment(placed.document()));
      if (spec.isPresent()) {
        EnvironmentFiles.Found found =
            environment.isPresent()
                ? environments.find(
                    new EnvironmentFiles.Wish(environment.get(), placed, documents, true))
                : stated(spec.get(), placed, documents);
        refuseWithoutLoad(spec.get(), found.environment(), placed);
        RoutePlaces.require(spec.get(), found.environment().spec(), placed);
        refusePods(spec.get(), found.environment(), placed);
        ExperimentSpec readable = imported.in(spec.get(), placed);
        experiments.add(
            new LoadedExperiment(
                placed.name(),
                readable,
                found.environment().metadata().name(),
                found.environment().spec(),
                file,
                found.base(),
                rollout.map(one -> one.with(readable.gates()))));
      }
    }
    return experiments;
  }

  private static Optional<ExperimentSpec> experiment(Document document) {
    return document instanceof Experiment experiment
        ? Optional.of(experiment.spec())
        : Optional.empty();
  }

  /**
   * Reads the one environment of a file.
   *
   * @throws InvalidFile when the file is refused, or holds none or several
   */
  public LoadedEnvironment environment(String file) throws InvalidFile {
    EnvironmentFiles.Found found = environments.only(path(file), file);
    return new LoadedEnvironment(found.name(), found.environment().spec(), found.base());
  }

  static Path path(String file) throws InvalidFile {
    try {
      return Path.of(file);
    } catch (InvalidPathException impossible) {
      throw new InvalidFile(file, "no file can be called that; check the path");
    }
  }

  private EnvironmentFiles.Found stated(
      ExperimentSpec experiment, Placed placed, List<Placed> documents) throws InvalidFile {
    Optional<EnvironmentRef> stated = experiment.environment();
    if (stated.isEmpty()) {
      throw placed.refuse(
          new Refusal(
              List.of("spec"),
              Refusal.Spot.KEY,
              "'%s' names no environment; add 'environment: NAME' to its spec, or use --environment"
                  .formatted(placed.name())));
    }
    EnvironmentRef ref = stated.get();
    return ref.inline().isPresent()
        ? new EnvironmentFiles.Found(
            new Environment(
                Document.API_VERSION,
                "Environment",
                placed.document().metadata(),
                ref.inline().get()),
            placed.folder())
        : environments.find(
            new EnvironmentFiles.Wish(ref.name().orElseThrow(), placed, documents, false));
  }

  private static void refusePods(ExperimentSpec experiment, Environment environment, Placed placed)
      throws InvalidFile {
    boolean agents =
        environment.spec().place() instanceof Kubernetes cluster && cluster.agent().isPresent();
    if (!agents && experiment.load().flatMap(load -> load.pods()).isPresent()) {
      throw placed.refuse(
          new Refusal(
              List.of("spec", "load", "pods"),
              Refusal.Spot.KEY,
              "pods make a load only in an environment with 'kubernetes' that has 'agent: {image:"
                  + " ...}'"));
    }
  }

  private static void refuseWithoutLoad(
      ExperimentSpec experiment, Environment environment, Placed placed) throws InvalidFile {
    if (experiment.load().isPresent() || environment.spec().load().isPresent()) {
      return;
    }
    List<FaultStep> faults = experiment.faults();
    for (int i = 0; i < faults.size(); i++) {
      if (faults.get(i).fault() instanceof Surge) {
        throw placed.refuse(
            new Refusal(
                List.of("spec", "faults", String.valueOf(i), "surge"),
                Refusal.Spot.KEY,
                "'surge' changes the load, and there is none; add 'load' to the spec"));
      }
    }
    List<Gate> gates = experiment.gates();
    for (int i = 0; i < gates.size(); i++) {
      if (gates.get(i).signal() instanceof Load) {
        throw placed.refuse(
            new Refusal(
                List.of("spec", "gates", String.valueOf(i), "load"),
                Refusal.Spot.KEY,
                "gate '%s' reads the load, and there is none; add 'load' to the spec"
                    .formatted(gates.get(i).name())));
      }
    }
  }
}
