package dev.faultline.app;

import picocli.CommandLine.Command;

/** Policies: the rules that plans and manifests must satisfy. */
@Command(
    name = "policy",
    description = "Tries out the rules that plans and manifests must satisfy.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PolicyTestCommand.class},
    footer = {"%nExample:", "  faultline policy test examples/policy"})
final class PolicyCommand extends Verbless {

  PolicyCommand(Console console) {
    super(console);
  }
}
