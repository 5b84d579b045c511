package dev.faultline.engine.run;

import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one occurrence of a fault into force and withdraws it. The two may come from different
 * threads; the withdrawal waits for the beginning to have ended.
 */
final class FaultDriver {

  private record Applied(StepRef ref, Step step) {}

  private final PlannedFault fault;
  private final int occurrence;
  private final Stepper stepper;
  private final Recorder recorder;
  private final boolean control;
  private final List<Applied> applied = new ArrayList<>();
  private volatile @Nullable Thread beginner;

  FaultDriver(
      PlannedFault fault, int occurrence, Stepper stepper, Recorder recorder, boolean control) {
    this.fault = fault;
    this.occurrence = occurrence;
    this.stepper = stepper;
    this.recorder = recorder;
    this.control = control;
  }

  /** Applies every step at every target, as the targets stand now. */
  void begin(List<PlannedTarget> targets) throws InterruptedException {
    beginner = Thread.currentThread();
    try {
      beginAlone(targets);
    } finally {
      beginner = null;
    }
  }

  private synchronized void beginAlone(List<PlannedTarget> targets) throws InterruptedException {
    Evidence evidence =
        control ? new Evidence(true, "left out: this is a control run") : apply(targets);
    if (evidence.proven() || !applied.isEmpty()) {
      recorder.record(new Event.FaultBegan(fault.name(), occurrence, evidence));
    }
    if (!evidence.proven()) {
      stop("fault %s had no proven effect: %s".formatted(fault.name(), evidence.words()));
    }
  }

  private void stop(String words) {
    recorder.recordIf(
        state -> state.orElseThrow().stop().isEmpty(),
        _ -> new Event.Stopping(StopReason.FAULT_FAILED, Optional.empty(), words));
  }

  private Evidence apply(List<PlannedTarget> targets) throws InterruptedException {
    for (PlannedTarget target : targets) {
      for (int i = 0; i < target.steps().size(); i++) {
        StepRef ref = new StepRef(fault.name(), occurrence, target.name(), i);
        Step step = target.steps().get(i);
        if (!stepper.intend(ref, step)) {
          return new Evidence(false, "the run was stopping");
        }
        applied.add(new Applied(ref, step));
        Evidence evidence = stepper.apply(ref, step);
        if (!evidence.proven()) {
          return evidence;
        }
      }
    }
    return new Evidence(true, "%d of %d targets".formatted(targets.size(), targets.size()));
  }

  /** A fault whose targets are no longer what was planned. */
  void fail(String why) {
    stop("fault %s could not begin: %s".formatted(fault.name(), why));
  }

  /** Takes back whatever was applied, the last first; a beginning under way is cut short. */
  void end() throws InterruptedException {
    Thread cut = beginner;
    if (cut != null) {
      cut.interrupt();
    }
    endAlone();
  }

  private synchronized void endAlone() throws InterruptedException {
    boolean proven = true;
    for (Applied step : applied.reversed()) {
      proven &= stepper.undo(step.ref(), step.step());
    }
    recorder.record(
        new Event.FaultEnded(
            fault.name(),
            occurrence,
            new Evidence(proven, proven ? "nothing is in force" : "its end was not shown")));
  }
}
