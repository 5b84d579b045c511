package dev.faultline.engine.file;

import dev.faultline.model.document.Document;
import dev.faultline.model.document.Environment;
import dev.faultline.model.document.EnvironmentRef;
import dev.faultline.model.document.Experiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds experiments in files, and the environments that they name: in the same file, beside it, or
 * in {@code environments/} beside it. Thread-safe.
 */
public final class ExperimentFiles {

  private final Loader loader = new Loader();

  /**
   * Reads the experiments of a file.
   *
   * @param environment file or name that takes the place of what the experiments name
   * @throws InvalidFile when a file is refused, or no experiment or environment is found
   */
  public List<LoadedExperiment> load(String file, Optional<String> environment) throws InvalidFile {
    List<Document> documents = loader.load(Path.of(file), file);
    List<LoadedExperiment> experiments = new ArrayList<>();
    for (Document document : documents) {
      if (document instanceof Experiment experiment) {
        experiments.add(resolve(experiment, file, documents, environment));
      }
    }
    return experiments;
  }

  private LoadedExperiment resolve(
      Experiment experiment, String file, List<Document> beside, Optional<String> override)
      throws InvalidFile {
    EnvironmentRef ref =
        override
            .map(EnvironmentRef::named)
            .or(() -> experiment.spec().environment())
            .orElseThrow(
                () ->
                    new InvalidFile(
                        file,
                        "'%s' names no environment; add 'environment:' to its spec, or --environment"
                            .formatted(experiment.metadata().name())));
    String name = experiment.metadata().name();
    Path folder = folderOf(Path.of(file));
    if (ref.inline().isPresent()) {
      return new LoadedExperiment(name, experiment.spec(), name, ref.inline().get(), file, folder);
    }
    String wanted = ref.name().orElseThrow();
    for (Document document : beside) {
      if (document instanceof Environment found && found.metadata().name().equals(wanted)) {
        return new LoadedExperiment(name, experiment.spec(), wanted, found.spec(), file, folder);
      }
    }
    Path place = find(wanted, folder, file);
    Environment found = environmentIn(place, wanted);
    return new LoadedExperiment(
        name, experiment.spec(), found.metadata().name(), found.spec(), file, folderOf(place));
  }

  private static Path find(String wanted, Path folder, String file) throws InvalidFile {
    List<Path> places =
        List.of(
            folder.resolve("environments").resolve(wanted + ".yaml"),
            folder.resolve(wanted + ".yaml"),
            Path.of(wanted));
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFile(
                    file,
                    "environment '%s' is not found; looked for it in this file, %s and %s"
                        .formatted(wanted, places.get(0), places.get(1))));
  }

  private Environment environmentIn(Path place, String wanted) throws InvalidFile {
    for (Document document : loader.load(place, place.toString())) {
      if (document instanceof Environment found) {
        return found;
      }
    }
    throw new InvalidFile(
        place.toString(), "no document of kind Environment for '%s'".formatted(wanted));
  }

  private static Path folderOf(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().normalize().getParent()).orElse(Path.of("/"));
  }
}
