package dev.faultline.gameday.daemon;

import java.time.Instant;

/** What the daemon's loop hears. */
sealed interface Signal {

  /** A game day may be due. */
  record Wake(String gameDay) implements Signal {}

  /** A run has ended. */
  record RunEnded(String gameDay, Instant planned, String run, Runner.End end) implements Signal {}

  /** Nothing more is to begin. */
  record Stop(boolean undo) implements Signal {}
}
