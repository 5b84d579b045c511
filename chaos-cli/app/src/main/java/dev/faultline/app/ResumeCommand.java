package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.journal.Lever;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lets runs begin again. */
@Command(
    name = "resume",
    description = "Lets runs begin again after 'faultline halt'.",
    mixinStandardHelpOptions = true,
    footer = {"%nExample:", "  faultline resume", "%nExit codes:", "  0 runs may begin"})
final class ResumeCommand implements Callable<Integer> {

  private final Console console;

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Lever lever = Setup.store(console).lever();
    Optional<Lever.Pulled> halt = lever.pulled();
    if (halt.isPresent()) {
      AuditTrail.of(console).require(new Act.Resumed(halt.get().words()));
    }
    boolean halted = lever.release();
    console.err().line(halted ? "Runs may begin again." : "Nothing was halted.");
    return 0;
  }
}
