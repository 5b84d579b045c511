package dev.faultline.engine.run;

import dev.faultline.engine.run.Recorder.Kept;
import dev.faultline.engine.run.Stepper.Applied;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.LedgerStep;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps the ledger of a run, if it has one: opens it, accounts for it at the end, removes it. */
final class LedgerKeeper {

  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final Duration HALTED_WITHIN = Duration.ofSeconds(3);

  private final Optional<Step> step;
  private final World world;
  private final Stepper stepper;
  private final Recorder recorder;
  private Optional<Applied> open = Optional.empty();

  LedgerKeeper(Optional<Step> step, World world, Stepper stepper, Recorder recorder) {
    this.step = step;
    this.world = world;
    this.stepper = stepper;
    this.recorder = recorder;
  }

  void open() {
    try {
      if (step.isPresent()) {
        open(step.get());
      }
    } catch (InterruptedException halted) {
      recorder.stop(StopReason.HALTED, "interrupted");
    }
  }

  private void open(Step wanted) throws InterruptedException {
    String database =
        wanted.action() instanceof Action.OpenLedger opens ? opens.ledger().database() : "";
    StepRef ref = new StepRef(LedgerStep.NAME, 0, database, 0);
    Kept intent = stepper.intend(ref, wanted);
    if (intent == Kept.NOT) {
      return;
    }
    open = Optional.of(new Applied(ref, wanted));
    if (intent == Kept.SAFELY) {
      Evidence evidence = stepper.apply(ref, wanted);
      if (!evidence.proven()) {
        recorder.stop(
            StopReason.BASELINE_UNFIT, "the ledger could not be opened: " + evidence.words());
      }
    }
  }

  /** Also after an error: what was opened is accounted for and removed, or stays open. */
  void close() {
    if (open.isEmpty()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      account();
      boolean _ = stepper.undo(List.of(open.get()));
    } catch (InterruptedException cut) {
      interrupted = true;
    } catch (RuntimeException bug) {
      recorder.internalError(bug);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void account() {
    Duration within = recorder.state().stoppedFor(StopReason.HALTED) ? HALTED_WITHIN : READ_WITHIN;
    if (world.ask(new Query.LedgerStatus(within, Optional.of(Duration.ZERO)))
        instanceof Answer.LedgerIs is) {
      recorder.record(new Event.LedgerRead(is.account()));
    }
  }
}
