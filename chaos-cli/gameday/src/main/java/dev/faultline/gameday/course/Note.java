package dev.faultline.gameday.course;

import java.time.Instant;
import java.util.List;

/** A line of the schedule's journal: written before what it says is done. */
public sealed interface Note {

  /** The game day it is about. */
  String gameDay();

  /**
   * A game day is followed from now on: a new one, or one that was changed.
   *
   * @param digest tells one content from another
   * @param at what was planned before is not its business
   */
  record Followed(String gameDay, String digest, Instant at) implements Note {}

  /** A game day is followed no more. */
  record Left(String gameDay, Instant at) implements Note {}

  /**
   * An occasion is dropped.
   *
   * @param planned when it was planned
   * @param why in a few words
   */
  record Dropped(String gameDay, Instant planned, String why, Instant at) implements Note {}

  /**
   * Others are told that an occasion is to come.
   *
   * @param planned when it was planned
   * @param start when it begins
   */
  record Announced(String gameDay, Instant planned, Instant start, Instant at) implements Note {}

  /**
   * The runs of an occasion begin: these and no others, each once.
   *
   * @param planned when it was planned
   * @param runs their ids
   */
  record Begun(String gameDay, Instant planned, List<String> runs, Instant at) implements Note {
    /** Keeps the list unchangeable. */
    public Begun {
      runs = List.copyOf(runs);
    }
  }

  /**
   * A run has ended.
   *
   * @param exit its exit code
   * @param words what there is to say of it
   */
  record Ended(String gameDay, Instant planned, String run, int exit, String words, Instant at)
      implements Note {}

  /**
   * An occasion is over: what of its runs has not begun never will.
   *
   * @param exit the weightiest of its runs
   */
  record Closed(String gameDay, Instant planned, int exit, Instant at) implements Note {}
}
