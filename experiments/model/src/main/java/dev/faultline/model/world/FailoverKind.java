package dev.faultline.model.world;

/** The ways in which a database loses its primary. */
public enum FailoverKind {
  /** The node of the primary ends at once, with everything on it. */
  CRASH,
  /** The server of the primary ends at once; the agent that watches it lives on. */
  SERVER_CRASH,
  /** A standby takes over in order, as before maintenance. */
  SWITCHOVER,
  /** The primary lives, and nobody reaches it. */
  PARTITION
}
