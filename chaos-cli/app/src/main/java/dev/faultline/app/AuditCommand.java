package dev.faultline.app;

import picocli.CommandLine.Command;

/** The log of who ran, approved, halted and undid what. */
@Command(
    name = "audit",
    description = "Tells who ran, approved, halted and undid what, and whether that log is whole.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AuditListCommand.class, AuditVerifyCommand.class},
    footer = {"%nExample:", "  faultline audit verify"})
final class AuditCommand extends Verbless {

  AuditCommand(Console console) {
    super(console);
  }
}
