package dev.faultline.engine.run;

import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.util.Optional;

/** What the state of a run asks its loop to do. */
public sealed interface Due {

  /** Enter a phase. */
  record Enter(Phase phase) implements Due {}

  /** Put a fault into force. */
  record Begin(PlannedFault fault, int occurrence) implements Due {}

  /** Withdraw a fault. */
  record End(PlannedFault fault, int occurrence) implements Due {}

  /** Let a fault stay for good: what guards it is taken back, and nothing else. */
  record Keep(PlannedFault fault, String words) implements Due {}

  /** End a fault, and let the objects of a cluster keep what it has changed them to. */
  record Settle(PlannedFault fault) implements Due {}

  /**
   * Take a fault further that is in force, at its only target.
   *
   * @param occurrence names how far; each happens once in a run
   * @param step what is done, and how that is shown; what takes the fault back takes it back too
   */
  record Further(PlannedFault fault, int occurrence, Step step) implements Due {}

  /** Leave the timeline. */
  record Stop(StopReason reason, Optional<String> gate, String words) implements Due {}
}
