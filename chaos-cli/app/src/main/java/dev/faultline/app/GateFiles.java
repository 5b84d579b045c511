package dev.faultline.app;

import dev.faultline.engine.file.ExperimentFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Whereabouts;
import dev.faultline.reports.stage.Origin;
import dev.faultline.reports.stage.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    for (String file : expanded(options.files())) {
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

  /** Files, and the YAML files that lie in folders, by their names. */
  static List<String> expanded(List<String> names) throws UsageError, IOException {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      Optional<Path> folder = folder(name);
      files.addAll(folder.isPresent() ? inside(folder.get()) : List.of(name));
    }
    return files;
  }

  private static Optional<Path> folder(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isDirectory);
    } catch (InvalidPathException impossible) {
      return Optional.empty();
    }
  }

  private static List<String> inside(Path folder) throws UsageError, IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> found =
          files
              .filter(Files::isRegularFile)
              .map(Path::toString)
              .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new UsageError(
            "there is no .yaml file in " + folder,
            "a folder stands for the files in it, not for those in folders below",
            "name another folder, or a file");
      }
      return found;
    }
  }
}
