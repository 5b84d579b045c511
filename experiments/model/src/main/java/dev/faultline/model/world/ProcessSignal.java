package dev.faultline.model.world;

/** The POSIX signals that faults use. */
public enum ProcessSignal {
  /** Ends a process at once. */
  KILL,
  /** Asks a process to end. */
  TERM,
  /** Interrupts a process, as Ctrl-C does. */
  INT,
  /** Stops a process where it stands. */
  STOP,
  /** Lets a stopped process go on. */
  CONT
}
