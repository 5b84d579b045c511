package dev.faultline.app;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Whereabouts;
import dev.faultline.reports.stage.Origin;
import dev.faultline.reports.stage.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Every file of a stage, read before anything is done.
 *
 * @param wanted the experiments, in the order of files and documents
 * @param invalid every file that is refused
 * @param refused the same as problems
 */
record GateFiles(List<Wanted> wanted, List<InvalidFile> invalid, List<Problem> refused) {

  /** Keeps the lists unchangeable. */
  GateFiles {
    wanted = List.copyOf(wanted);
    invalid = List.copyOf(invalid);
    refused = List.copyOf(refused);
  }

  /** An experiment, and where it was written. */
  record Wanted(LoadedExperiment experiment, Origin origin) {}

  /**
   * Reads files, and the YAML files that lie in folders, by their names.
   *
   * @throws UsageError when a folder has no such file, or there is no experiment in all of them
   */
  static GateFiles read(ExperimentOptions options, Checkout checkout)
      throws UsageError, IOException {
    Loader loader = new Loader();
    ExperimentFiles reader = new ExperimentFiles(loader);
    List<Wanted> wanted = new ArrayList<>();
    List<InvalidFile> invalid = new ArrayList<>();
    for (String file : YamlFiles.of(options.files())) {
      try {
        for (LoadedExperiment one : reader.load(file, options.environment())) {
          wanted.add(new Wanted(one, checkout.origin(file, Whereabouts.of(loader, one))));
        }
      } catch (InvalidFile wrong) {
        invalid.add(wrong);
      }
    }
    if (wanted.isEmpty() && invalid.isEmpty()) {
      throw ExperimentOptions.noExperiment(options.files());
    }
    return new GateFiles(wanted, invalid, invalid.stream().map(checkout::problem).toList());
  }
}
