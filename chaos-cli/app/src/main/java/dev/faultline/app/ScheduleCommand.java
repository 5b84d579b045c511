package dev.faultline.app;

import picocli.CommandLine.Command;

/** Game days: what comes, and what begins it. */
@Command(
    name = "schedule",
    description = "Runs game days when they are due, and tells when that is.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ScheduleNextCommand.class,
      ScheduleRunNowCommand.class,
      ScheduleStartCommand.class
    },
    footer = {"%nExample:", "  faultline schedule next examples/game-days"})
final class ScheduleCommand extends Verbless {

  ScheduleCommand(Console console) {
    super(console);
  }
}
