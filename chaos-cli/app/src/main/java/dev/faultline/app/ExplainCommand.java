package dev.faultline.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains a word of the language. */
@Command(
    name = "explain",
    description = "Explains a word of the file format: what it is, its keys, an example.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline explain kill",
      "  faultline explain experiment.spec.gates.lasting",
      "%nExit codes:",
      "  0 explained   2 no such word"
    })
final class ExplainCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "WORD",
      description = {
        "A word, or several with dots between, from outside in.",
        "Default: an overview of all."
      })
  private @Nullable String word;

  @Option(names = "--list", description = "Prints every path that can be asked for.")
  private boolean list;

  private final Console console;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError {
    new Explanations(console.out()).print(Optional.ofNullable(word), list);
    return 0;
  }
}
