package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Book;
import java.time.Instant;

/** What the daemon's loop hears. */
sealed interface Signal {

  /** A game day may be due. */
  record Wake(String gameDay) implements Signal {}

  /** A run has ended. */
  record RunEnded(String gameDay, Instant planned, String run, Runner.End end) implements Signal {}

  /** All game days are to be looked at again. */
  record Look() implements Signal {}

  /** Somebody else looks after an occasion no more. */
  record Orphaned(Book.Orphan orphan) implements Signal {}

  /** Others took this daemon for dead, and recorded what is on here as halted. */
  record Disowned() implements Signal {}

  /** Nothing more is to begin. */
  record Stop(boolean undo) implements Signal {}
}
