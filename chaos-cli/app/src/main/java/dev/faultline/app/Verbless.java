package dev.faultline.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing without a verb: it shows its verbs, and ends with 2. */
abstract sealed class Verbless implements Callable<Integer>
    permits AuditCommand, Faultline, LabCommand, PolicyCommand, ScheduleCommand {

  @Spec private CommandSpec spec;

  private final Console console;

  Verbless(Console console) {
    this.console = console;
    this.spec = CommandSpec.create();
  }

  @Override
  public final Integer call() {
    CommandLine.usage(spec.commandLine(), console.err().stream());
    return 2;
  }
}
