package dev.faultline.app;

import dev.faultline.model.codec.Codec;
import dev.faultline.reports.comparison.Comparison;
import dev.faultline.reports.comparison.Row;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts two runs side by side, from their journals alone. */
@Command(
    name = "compare",
    description = "Puts two runs side by side and says what got better and what got worse.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline compare 20260314-092653 20260315-101500",
      "%nExit codes:",
      "  0 compared   2 usage; with --fail-on-worse also",
      "  1 something got worse",
      "  4 nothing is known to have got worse, but the second run does not tell all"
    })
final class CompareCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "FIRST",
      description = "Id of a run, a part of it, or a folder with its journal: what was.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "SECOND", description = "The same of another run: what is.")
  private String second = "";

  @Option(names = "--json", description = "Prints the comparison as JSON.")
  private boolean json;

  @Option(
      names = "--fail-on-worse",
      description = "Exits with 1 when something got worse, with 4 when that is not known.")
  private boolean failOnWorse;

  private final Console console;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError {
    Comparison comparison =
        Comparison.of(
            Recorded.of(console, first).summary(), Recorded.of(console, second).summary());
    if (json) {
      console.out().line(Codec.json().writeValueAsString(comparison));
    } else {
      new CompareView(console.out()).print(comparison);
    }
    if (!failOnWorse) {
      return 0;
    }
    if (!comparison.with(Row.Change.WORSE).isEmpty()) {
      return 1;
    }
    return comparison.unseen().isEmpty() ? 0 : 4;
  }
}
