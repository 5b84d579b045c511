package dev.faultline.engine.run;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs whose process died: their journal says what is open, and the world carries their marks. */
final class DeadRuns {

  private final RunStore store;
  private final Habitats habitats;
  private final Clock clock;
  private final Sink sink;

  DeadRuns(RunStore store, Habitats habitats, Clock clock, Sink sink) {
    this.store = store;
    this.habitats = habitats;
    this.clock = clock;
    this.sink = sink;
  }

  /** Finishes those of the runs that died; the others are left alone. */
  List<Result> finish(List<RunFolder> runs) throws IOException {
    List<Result> finished = new ArrayList<>();
    for (RunFolder run : runs) {
      Optional<FileGuard> lock = store.lock(run);
      if (lock.isPresent()) {
        try (FileGuard _ = lock.get()) {
          finish(run).ifPresent(finished::add);
        }
      }
    }
    return finished;
  }

  private Optional<Result> finish(RunFolder run) throws IOException {
    JournalContent content = run.read();
    boolean started =
        !content.entries().isEmpty()
            && content.entries().getFirst().event() instanceof Event.RunStarted;
    if (!started) {
      return Optional.empty();
    }
    RunSummary before = RunSummary.of(content.entries());
    if (before.verdict().isPresent() && before.open().isEmpty() && content.whole()) {
      return Optional.empty();
    }
    try (Journal journal = run.append(content)) {
      Recorder events = new Recorder(journal, clock, sink, content.entries());
      events.record(
          new Event.Stopping(
              StopReason.FOUND_DEAD, Optional.empty(), "Faultline died during this run"));
      Event.RunStarted start = before.start();
      try (Habitat habitat =
          habitats.open(start.environment(), run, Path.of(start.base()), _ -> {})) {
        undo(before, habitat, events, content.whole());
      }
      Verdict verdict = Verdicts.of(RunSummary.of(events.entries()));
      events.record(new Event.Concluded(verdict));
      return Optional.of(new Result(run, RunSummary.of(events.entries()), verdict));
    }
  }

  private void undo(RunSummary run, Habitat habitat, Recorder events, boolean whole) {
    Stepper stepper = new Stepper(habitat, clock, events);
    try {
      for (StepSummary step : run.open().reversed()) {
        stepper.undo(step.ref(), step.step());
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
    if (!whole && habitat.ask(new Query.Marks()) instanceof Answer.Marked marked) {
      marked.fuses().forEach(fuse -> habitat.apply(new Action.FireFuse(fuse)));
    }
  }
}
