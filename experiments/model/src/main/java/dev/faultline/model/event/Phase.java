package dev.faultline.model.event;

import dev.faultline.model.gate.Gate;

/** The parts of a run, in order. */
public enum Phase {
  /** The environment starts. */
  PREPARE,
  /** The gates are watched while nothing is broken. */
  BASELINE,
  /** Faults begin, hold and end. */
  FAULTS,
  /** Traffic goes to a new version, step by step. */
  ROLLOUT,
  /** Every fault is withdrawn, early or at its time. */
  UNDO,
  /** The gates are watched until all is well. */
  RECOVERY,
  /** Nothing is left to do. */
  CLOSED;

  /** The part of a run that a gate means by its {@code when}. */
  public Gate.When part() {
    return switch (this) {
      case PREPARE, BASELINE -> Gate.When.BEFORE;
      case FAULTS, ROLLOUT, UNDO -> Gate.When.DURING;
      case RECOVERY, CLOSED -> Gate.When.AFTER;
    };
  }
}
