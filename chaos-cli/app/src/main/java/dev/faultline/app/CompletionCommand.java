package dev.faultline.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script by which a shell completes what is typed. */
@Command(
    name = "completion",
    description = "Prints a script by which a shell completes commands, options, runs and words.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  source <(faultline completion bash)",
      "%nExit codes:",
      "  0 printed   2 no such shell"
    })
final class CompletionCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private String shell = "";

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError {
    console.out().print(CompletionScript.of(Commands.all(console).getCommandSpec(), shell));
    return 0;
  }
}
