package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what this machine lacks. */
@Command(
    name = "doctor",
    description = "Says what this machine lacks, in all or for one file. Changes nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline doctor examples/shop/database-failover.yaml",
      "%nExit codes:",
      "  0 nothing is missing   2 usage or invalid file   5 something is missing"
    })
final class DoctorCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Experiments whose needs are looked at too.")
  private @Nullable String file;

  @Option(
      names = "--environment",
      paramLabel = "NAME|FILE",
      description = "Takes the place of the environment that the experiments name.")
  private @Nullable String environment;

  private final Console console;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile {
    return new Examination(console).of(Optional.ofNullable(file), Optional.ofNullable(environment));
  }
}
