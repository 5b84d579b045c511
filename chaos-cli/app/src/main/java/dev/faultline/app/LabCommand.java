package dev.faultline.app;

import picocli.CommandLine.Command;

/** What can be done with a lab without an experiment. */
@Command(
    name = "lab",
    description = "Keeps a lab up, to try experiments against it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = LabUpCommand.class,
    footer = {"%nExample:", "  faultline lab up examples/shop/environments/shop.yaml"})
final class LabCommand extends Verbless {

  LabCommand(Console console) {
    super(console);
  }
}
