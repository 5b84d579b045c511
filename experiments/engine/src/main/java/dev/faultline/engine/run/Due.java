package dev.faultline.engine.run;

import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.util.Optional;

/** What the state of a run asks its loop to do. */
sealed interface Due {

  /** Enter a phase. */
  record Enter(Phase phase) implements Due {}

  /** Put a fault into force. */
  record Begin(PlannedFault fault, int occurrence) implements Due {}

  /** Withdraw a fault. */
  record End(PlannedFault fault, int occurrence) implements Due {}

  /** Leave the timeline. */
  record Stop(StopReason reason, Optional<String> gate, String words) implements Due {}
}
