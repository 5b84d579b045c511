package dev.faultline.engine.run;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.JournalContent;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.UnreadableJournal;
import dev.faultline.engine.run.Stepper.Applied;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.LedgerStep;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs whose process died: their journal says what is open, and the world carries their marks. */
final class DeadRuns {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final Means means;
  private final Sink sink;

  DeadRuns(Means means, Sink sink) {
    this.means = means;
    this.sink = sink;
  }

  /** Finishes those of the runs that died; the others are left alone. */
  List<Result> finish(List<RunFolder> runs) throws IOException {
    List<Result> finished = new ArrayList<>();
    List<IOException> unreadable = new ArrayList<>();
    for (RunFolder run : runs) {
      Optional<FileGuard> lock = means.store().lock(run);
      if (lock.isPresent()) {
        try (FileGuard _ = lock.get()) {
          finish(run).ifPresent(finished::add);
        } catch (IOException trouble) {
          unreadable.add(trouble);
        }
      }
    }
    // One journal that cannot be read keeps no other run from being undone.
    if (!unreadable.isEmpty()) {
      throw unreadable.getFirst();
    }
    return finished;
  }

  private Optional<Result> finish(RunFolder run) throws IOException {
    JournalContent content = run.read();
    boolean started =
        !content.entries().isEmpty()
            && content.entries().getFirst().event() instanceof Event.RunStarted;
    if (!started) {
      refuseUnreadable(run, content);
      return Optional.empty();
    }
    RunSummary before = RunSummary.of(content.entries());
    boolean proven =
        before.verdict().map(end -> end.outcome() != Outcome.UNDO_NOT_PROVEN).orElse(false);
    if (proven && before.open().isEmpty() && content.whole()) {
      return Optional.empty();
    }
    Journal journal = means.store().resumeJournal(run, content);
    try (Recorder events = new Recorder(journal, means.clock(), sink, content.entries())) {
      events.stop(
          StopReason.FOUND_DEAD,
          before.verdict().isPresent()
              ? "an earlier undo of this run was not proven"
              : "Faultline died during this run");
      List<Verdict.Reason> unknown = undo(run, before.start(), events);
      Verdict verdict = Verdicts.of(RunSummary.of(events.entries()), unknown);
      events.record(new Event.Concluded(verdict));
      return Optional.of(new Result(run, RunSummary.of(events.entries()), verdict));
    }
  }

  private static void refuseUnreadable(RunFolder run, JournalContent content) throws IOException {
    if (!content.whole()) {
      throw new UnreadableJournal(run);
    }
  }

  private List<Verdict.Reason> undo(RunFolder run, Event.RunStarted start, Recorder events) {
    boolean whole = !run.wasDamaged();
    try (Habitat habitat =
        means
            .habitats()
            .open(
                start.environment(),
                start.spec().wiring(start.environment()),
                run,
                Path.of(start.base()),
                _ -> {})) {
      Stepper stepper = new Stepper(habitat, means.clock(), events);
      boolean _ = stepper.undo(Open.of(events.entries()));
      return whole ? List.of() : undoMarked(habitat, start, stepper, events);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (RuntimeException bug) {
      events.internalError(bug);
      return whole ? List.of() : List.of(unknown("internal error: " + bug));
    }
  }

  /** A journal that is not whole may not name everything: what is left is read from the world. */
  private static List<Verdict.Reason> undoMarked(
      Habitat habitat, Event.RunStarted start, Stepper stepper, Recorder events)
      throws InterruptedException {
    boolean _ = stepper.undo(start.spec().ledger().map(DeadRuns::kept).stream().toList());
    return switch (habitat.ask(new Query.Marks())) {
      case Answer.Marked marked -> {
        List<Applied> found = new ArrayList<>();
        marked.fuses().forEach(fuse -> found.add(found(fuse, events)));
        if (!marked.holders().isEmpty()) {
          found.add(held(events));
        }
        boolean _ = stepper.undo(found);
        yield List.of();
      }
      case Answer.Unanswered none ->
          List.of(unknown("%s: %s".formatted(none.reason().words(), none.detail())));
      default -> List.of(unknown("the world did not say what carries its mark"));
    };
  }

  private static Verdict.Reason unknown(String why) {
    return new Verdict.Reason(
        Outcome.UNDO_NOT_PROVEN,
        "journal",
        "the journal is damaged, and what else of this run is in force is not known: " + why);
  }

  /** Dropping a table that is not there, or not of the run, does no harm. */
  private static Applied kept(Ledger ledger) {
    StepRef ref = new StepRef(LedgerStep.NAME, 0, ledger.database(), 0);
    return new Applied(ref, LedgerStep.of(ledger));
  }

  /** A fuse that watches still is as good as an intent: firing it takes back what it guards. */
  private static Applied found(String fuse, Recorder events) {
    Proof gone =
        new Proof(new Query.FuseStatus(fuse), new Expectation.FuseArmed(false), ENDS_WITHIN);
    return marked(fuse, new Action.FireFuse(fuse), gone, events);
  }

  /** What holds something dies with its controller, unless that is cut off from it. */
  private static Applied held(Recorder events) {
    Proof gone = new Proof(new Query.Marks(), new Expectation.NothingHolds(), ENDS_WITHIN);
    return marked("holders", new Action.EndHolders(), gone, events);
  }

  private static Applied marked(String what, Action end, Proof gone, Recorder events) {
    Step step = new Step(end, Optional.empty(), Optional.of(new Step.Undo(end, Optional.of(gone))));
    StepRef ref = new StepRef("marked", 0, what, 0);
    events.record(new Event.StepIntended(ref, step));
    return new Applied(ref, step);
  }
}
