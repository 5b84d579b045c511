package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.Loader;
import dev.faultline.model.document.Document;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads files, and touches nothing. */
@Command(
    name = "validate",
    description = "Reads files strictly and says what is wrong with them.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  private final Console console;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError {
    Loader loader = new Loader();
    for (String file : options.files()) {
      for (Document document : loader.load(Path.of(file), file)) {
        console
            .out()
            .printf(
                "%s: %s %s is valid%n",
                file, document.getClass().getSimpleName(), document.metadata().name());
      }
    }
    boolean experiments = false;
    for (String file : options.files()) {
      experiments |=
          loader.load(Path.of(file), file).stream()
              .anyMatch(document -> document instanceof dev.faultline.model.document.Experiment);
    }
    if (experiments) {
      for (LoadedExperiment experiment : options.load()) {
        console
            .err()
            .printf("%s runs in environment %s%n", experiment.name(), experiment.environmentName());
      }
    }
    return 0;
  }
}
