package dev.faultline.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes files to begin with. */
@Command(
    name = "init",
    description = "Writes an experiment and an environment that run, to begin with.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline init chaos --template lab",
      "%nWithout a template it asks, where it runs on a terminal.",
      "%nExit codes:",
      "  0 written   2 usage, or the files are there   5 they cannot be written"
    })
final class InitCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder for the files. Default: chaos.")
  private Path folder = Path.of("chaos");

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "lab, local, database or ci; with its usual answers.")
  private @Nullable String template;

  @Option(names = "--force", description = "Writes over files that are there.")
  private boolean force;

  private final Console console;

  InitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError {
    new FirstFiles(console, folder, force).write(Optional.ofNullable(template));
    return 0;
  }
}
