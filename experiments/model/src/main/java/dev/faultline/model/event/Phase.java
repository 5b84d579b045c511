package dev.faultline.model.event;

/** The parts of a run, in order. */
public enum Phase {
  /** The environment starts. */
  PREPARE,
  /** The gates are watched while nothing is broken. */
  BASELINE,
  /** Faults begin, hold and end. */
  FAULTS,
  /** Every fault is withdrawn, early or at its time. */
  UNDO,
  /** The gates are watched until all is well. */
  RECOVERY,
  /** Nothing is left to do. */
  CLOSED
}
