package dev.faultline.model.world;

/** How a process stands. */
public enum ProcessState {
  /** Alive, and free to run. */
  RUNNING,
  /** Alive, and held by a stop signal or a debugger. */
  STOPPED,
  /** Ended, or never there. */
  GONE
}
