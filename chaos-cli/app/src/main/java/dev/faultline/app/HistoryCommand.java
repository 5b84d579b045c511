package dev.faultline.app;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.history.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Experiments over builds, from the journals of their runs alone. */
@Command(
    name = "history",
    description =
        "Lists the runs of an experiment over time and says whether the newest ones differ.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline history database-failover",
      "%nExit codes:",
      "  0 listed   2 usage, or no run of that experiment   5 the runs cannot be read"
    })
final class HistoryCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "Name of an experiment. Default: each that there are runs of.")
  private @Nullable String experiment;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Reads the journals in this folder, and in folders in it, in place of yours.")
  private @Nullable Path from;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "'text', or 'json' for a line of JSON for each experiment. Default: text")
  private Output output = Output.text;

  private final Console console;

  HistoryCommand(Console console) {
    this.console = console;
  }

  /** The ways to print it; they are called as they are typed. */
  enum Output {
    text,
    json
  }

  @Override
  public Integer call() throws IOException, UsageError {
    PastRuns past = from == null ? PastRuns.of(console) : PastRuns.in(from);
    List<RunSummary> runs = experiment == null ? past.all() : past.of(experiment);
    if (runs.isEmpty() && experiment != null) {
      throw new UsageError(
          "there is no run of " + experiment,
          "control runs, and runs whose journal is damaged, do not count",
          "see 'faultline status' for all runs");
    }
    if (runs.isEmpty()) {
      console.err().line("No runs yet.");
    }
    Map<String, List<RunSummary>> groups =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.start().experiment(), TreeMap::new, Collectors.toList()));
    groups.forEach((name, all) -> print(History.of(name, all)));
    return 0;
  }

  private void print(History history) {
    switch (output) {
      case text -> new HistoryView(console.out()).print(history);
      case json -> console.out().line(Codec.json().writeValueAsString(history));
    }
  }
}
