package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
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
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline undo",
      "%nExit codes:",
      "  0 nothing of ours is left   2 no such run   7 UNDO NOT PROVEN"
    })
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
    Optional<RunFolder> only =
        run == null ? Optional.empty() : Optional.of(Setup.run(engine.store(), run));
    List<Result> finished = new Leftovers(console, engine).finish(only);
    for (Result result : finished) {
      console.out().line(result.folder().id() + ": " + result.verdict().outcome().words());
    }
    if (finished.isEmpty()) {
      console.err().line("Nothing to undo.");
    }
    boolean proven =
        finished.stream()
            .noneMatch(result -> result.verdict().outcome() == Outcome.UNDO_NOT_PROVEN);
    return proven ? 0 : Outcome.UNDO_NOT_PROVEN.exitCode();
  }
}
