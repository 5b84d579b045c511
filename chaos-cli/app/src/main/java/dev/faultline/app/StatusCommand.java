package dev.faultline.app;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs and what of them may still be in force. */
@Command(
    name = "status",
    description = "Lists runs and open faults.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline status --json",
      "%nExit codes:",
      "  0 listed   5 the folder of runs cannot be read"
    })
final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Prints a line of JSON for each run.")
  private boolean json;

  private final Console console;

  StatusCommand(Console console) {
    this.console = console;
  }

  /** One run in a line. */
  record Line(String run, String experiment, String state, List<String> open) {}

  @Override
  public Integer call() throws IOException {
    RunStore store = Setup.store(console);
    List<RunFolder> runs = store.all();
    for (RunFolder run : runs) {
      print(line(run, store));
    }
    if (runs.isEmpty()) {
      console.err().line("No runs yet.");
    }
    return 0;
  }

  private void print(Line line) {
    if (json) {
      console.out().line(Codec.json().writeValueAsString(line));
      return;
    }
    console.out().line("%-50s %s".formatted(line.run(), line.state()));
    line.open().forEach(step -> console.out().wrapped("    open: ", Inert.text(step)));
  }

  private static Line line(RunFolder run, RunStore store) throws IOException {
    Optional<FileGuard> free = store.lock(run);
    if (free.isPresent()) {
      free.get().close();
    }
    JournalContent content = run.read();
    boolean started =
        !content.entries().isEmpty()
            && content.entries().getFirst().event() instanceof Event.RunStarted;
    if (!started) {
      return new Line(run.id(), "", "died before it began", List.of());
    }
    RunSummary summary = RunSummary.of(content.entries());
    String ended =
        summary
            .verdict()
            .map(verdict -> verdict.outcome().words())
            .orElse(free.isEmpty() ? "running" : "died; 'faultline undo' finishes it");
    return new Line(
        run.id(),
        summary.start().experiment(),
        content.whole() ? ended : ended + " (journal corrupt)",
        summary.open().stream().map(step -> step.step().action().describe()).toList());
  }
}
