package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Finishes the undo of runs that died. */
@Command(
    name = "undo",
    description = "Withdraws whatever dead runs left in force. Runs that are on are left alone.",
    mixinStandardHelpOptions = true)
final class UndoCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "One run; all when not given.")
  private @Nullable String run;

  private final Console console;

  UndoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, UsageError {
    Engine engine = Setup.engine(console);
    Optional<RunFolder> only = run == null ? Optional.empty() : Optional.of(find(engine, run));
    List<Result> finished = engine.undo(only, this::tell);
    for (Result result : finished) {
      new ReportFiles(result.folder().path()).write(result.summary());
      console.out().printf("%s: %s%n", result.folder().id(), result.verdict().outcome().words());
    }
    if (finished.isEmpty()) {
      console.err().println("Nothing to undo.");
    }
    boolean proven =
        finished.stream()
            .noneMatch(result -> result.verdict().outcome() == Outcome.UNDO_NOT_PROVEN);
    return proven ? 0 : Outcome.UNDO_NOT_PROVEN.exitCode();
  }

  private static RunFolder find(Engine engine, String id) throws IOException, UsageError {
    return engine
        .store()
        .find(id)
        .orElseThrow(
            () ->
                new UsageError(
                    "no run is called " + id,
                    "none, or more than one, has that in its id",
                    "see 'faultline status'"));
  }

  private void tell(Entry entry) {
    if (entry.event() instanceof Event.UndoVerified shown) {
      console
          .err()
          .printf(
              "%s: %s (%s)%n",
              shown.ref(),
              shown.evidence().proven() ? "undone" : "NOT UNDONE",
              Inert.text(shown.evidence().words()));
    }
  }
}
