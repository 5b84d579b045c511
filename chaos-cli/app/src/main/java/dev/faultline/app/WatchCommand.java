package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run that another process executes, from its journal alone. */
@Command(
    name = "watch",
    description = "Shows a run that another process executes; disturbs nothing.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline watch",
      "%nCtrl-C ends the watching, not the run.",
      "%nExit codes:",
      "  0 the run has ended, or died   2 no such run, or none is on",
      "  5 its journal cannot be read   130 ended by Ctrl-C",
      "  with --exit-code as the run did, or 7 when it died"
    })
final class WatchCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Id of a run or a part of it. Default: the newest that is on.")
  private @Nullable String run;

  @Option(names = "--exit-code", description = "Exits as the run did.")
  private boolean exitCode;

  @Option(names = "--no-live", description = "Tells only lines.")
  private boolean noLive;

  private final Console console;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError, InterruptedException {
    RunStore store = Setup.store(console);
    RunFolder folder = run == null ? newest(store) : Setup.run(store, run);
    Following following = new Following(store, folder);
    List<Entry> first = following.begin();
    if (first.getLast().event() instanceof Event.Concluded concluded) {
      console.err().line("Run %s has ended.".formatted(folder.id()));
      return end(folder, first, concluded.verdict());
    }
    List<Entry> all = follow(following, first);
    return all.getLast().event() instanceof Event.Concluded concluded
        ? end(folder, all, concluded.verdict())
        : died(folder);
  }

  private List<Entry> follow(Following following, List<Entry> first)
      throws IOException, InterruptedException {
    try (Display display = Display.people(console, experiment(first), !noLive)) {
      return following.toTheEnd(first, display);
    }
  }

  private static RunFolder newest(RunStore store) throws IOException, UsageError {
    for (RunFolder candidate : store.all().reversed()) {
      if (store.isHeld(candidate)) {
        return candidate;
      }
    }
    throw new UsageError(
        "no run is on",
        "",
        "name one that has ended, such as 'faultline watch ID'; see 'faultline status'");
  }

  private static LoadedExperiment experiment(List<Entry> entries) {
    return entries.stream()
        .map(Entry::event)
        .filter(Event.RunStarted.class::isInstance)
        .map(Event.RunStarted.class::cast)
        .map(Recorded::experiment)
        .findFirst()
        .orElseThrow();
  }

  private int end(RunFolder folder, List<Entry> entries, Verdict verdict) {
    new VerdictView(console.out())
        .print(RunSummary.of(entries), new ReportFiles(folder.path()).page());
    Outcome outcome = verdict.outcome();
    console.out().line("  exit code   %d (%s)".formatted(outcome.exitCode(), outcome.words()));
    return exitCode ? outcome.exitCode() : 0;
  }

  private int died(RunFolder folder) {
    console.error(
        "run %s has died".formatted(folder.id()),
        "nobody holds its lock, and its journal has no end",
        "'faultline undo %s' withdraws what it left in force".formatted(folder.id()));
    return exitCode ? Outcome.UNDO_NOT_PROVEN.exitCode() : 0;
  }
}
