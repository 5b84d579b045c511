package dev.faultline.app;

import dev.faultline.engine.audit.Act;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What runs left in force when they died. */
final class Leftovers {

  private final Console console;
  private final Engine engine;

  Leftovers(Console console, Engine engine) {
    this.console = console;
    this.engine = engine;
  }

  /** Undoes it, tells how, and writes the reports of those runs. */
  List<Result> finish(Optional<RunFolder> only) throws IOException {
    List<Result> finished = engine.undo(only, this::tell);
    for (Result result : finished) {
      boolean proven = result.verdict().outcome() != Outcome.UNDO_NOT_PROVEN;
      boolean _ =
          AuditTrail.of(console).tell(new Act.Undone(result.folder().id(), "journal", proven));
      new ReportFiles(result.folder().path()).write(result.summary());
    }
    return finished;
  }

  private void tell(Entry entry) {
    if (entry.event() instanceof Event.UndoVerified shown) {
      boolean proven = shown.evidence().proven();
      console
          .err()
          .wrapped(
              "%s: ".formatted(shown.ref()),
              proven ? Style.PLAIN : Style.RED,
              (proven ? "undone" : "NOT UNDONE")
                  + " (%s)".formatted(Inert.text(shown.evidence().words())));
    }
  }
}
