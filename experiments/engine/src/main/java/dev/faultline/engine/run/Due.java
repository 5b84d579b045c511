package dev.faultline.engine.run;

import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
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

  /**
   * Do something that takes time.
   *
   * @param name what has this name is done once in a run
   */
  record Go(String name, Task task) implements Due {}

  /** Leave the timeline. */
  record Stop(StopReason reason, Optional<String> gate, String words) implements Due {}

  /** Something that takes time. */
  @FunctionalInterface
  interface Task {
    /** Does it; an interrupt ends it. */
    void go() throws InterruptedException;
  }
}
