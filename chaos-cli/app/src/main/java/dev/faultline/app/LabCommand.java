package dev.faultline.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with a lab without an experiment. */
@Command(
    name = "lab",
    description = "Keeps a lab up, to try experiments against it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = LabUpCommand.class,
    footer = {"%nExample:", "  faultline lab up examples/shop/environments/shop.yaml"})
final class LabCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private final Console console;

  LabCommand(Console console) {
    this.console = console;
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() {
    CommandLine.usage(spec.commandLine(), console.err().stream());
    return 2;
  }
}
