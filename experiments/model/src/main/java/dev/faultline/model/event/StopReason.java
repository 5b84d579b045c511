package dev.faultline.model.event;

/** Why a run leaves its timeline early. */
public enum StopReason {
  /** The environment could not be made ready, or no plan could be made of what was found there. */
  NOT_READY,
  /** A policy, a guard rail or a changed plan forbids the run. */
  REFUSED,
  /** A gate was breached while a fault could be withdrawn. */
  GATE_BREACHED,
  /** A gate was blind for too long while something was broken. */
  GATE_BLIND,
  /** A gate was breached or blind before anything was done. */
  BASELINE_UNFIT,
  /** A fault could not be put into force. */
  FAULT_FAILED,
  /** The canary is worse than stable, with evidence. */
  CANARY_WORSE,
  /** Traffic does not go where the router was told to send it. */
  TRAFFIC_STRAYS,
  /** Nobody said that it goes on. */
  NOT_APPROVED,
  /** A person or the system asked for it. */
  HALTED,
  /** The journal can no longer be written. */
  JOURNAL_LOST,
  /** Faultline itself failed. */
  INTERNAL_ERROR,
  /** The run was found dead by a later one. */
  FOUND_DEAD
}
