package dev.faultline.app;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.model.plan.Acceptance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command on experiments takes. */
final class ExperimentOptions {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of experiments.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--environment",
      paramLabel = "NAME|FILE",
      description = "Takes the place of the environment that the experiments name.")
  private @Nullable String environment;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes every random choice. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--accept",
      paramLabel = "no-lease",
      split = ",",
      description = {
        "Takes upon you what is refused otherwise: 'no-lease' for faults that",
        "nothing ends by itself when Faultline is dead."
      })
  private List<String> accept = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE|DIR",
      description = {
        "Rules that each plan must satisfy, else it is refused; may be given again.",
        "Default: what the variable FAULTLINE_POLICY names."
      })
  private List<String> policies = new ArrayList<>();

  /** The policies that plans are held to. */
  Optional<PolicyGuard> guard(Console console) throws InvalidFile, UsageError, IOException {
    return PolicyGuard.named(policies, console);
  }

  /** What judges plans that are not run. */
  PlanRules rules(Console console) throws InvalidFile, UsageError, IOException {
    return guard(console).map(PolicyGuard::whenPlanned).orElse(PlanRules.NONE);
  }

  /** What the user takes upon himself. */
  Set<Acceptance> accepted() throws UsageError {
    for (String word : accept) {
      if (!word.equals("no-lease")) {
        throw new UsageError(
            "--accept knows no '%s'".formatted(word),
            "only what is refused can be accepted",
            "write --accept no-lease");
      }
    }
    return accept.isEmpty() ? Set.of() : EnumSet.of(Acceptance.NO_LEASE);
  }

  long seed() {
    return seed;
  }

  List<String> files() {
    return files;
  }

  Optional<String> environment() {
    return Optional.ofNullable(environment);
  }

  /** Every experiment of every file; at least one. */
  List<LoadedExperiment> load() throws InvalidFile, UsageError {
    return load(files, environment());
  }

  /** The same for a command that takes none of the other options. */
  static List<LoadedExperiment> load(List<String> files, Optional<String> environment)
      throws InvalidFile, UsageError {
    ExperimentFiles reader = new ExperimentFiles();
    List<LoadedExperiment> all = new ArrayList<>();
    for (String file : files) {
      all.addAll(reader.load(file, environment));
    }
    if (all.isEmpty()) {
      throw noExperiment(files);
    }
    return all;
  }

  static UsageError noExperiment(List<String> files) {
    return new UsageError(
        "there is no experiment in " + String.join(", ", files),
        "the documents in there are of other kinds",
        "name a file with a document of kind: Experiment");
  }
}
