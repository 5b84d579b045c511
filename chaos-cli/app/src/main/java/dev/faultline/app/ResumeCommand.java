package dev.faultline.app;

import java.io.IOException;
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
    boolean halted = Setup.store(console).lever().release();
    console.err().line(halted ? "Runs may begin again." : "Nothing was halted.");
    return 0;
  }
}
