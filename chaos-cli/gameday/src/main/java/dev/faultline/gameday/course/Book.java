package dev.faultline.gameday.course;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where it is kept what becomes of game days: a journal of one daemon, or tables of several. For
 * one thread at a time. Each method throws {@link OutOfReach} where it cannot be told now, and may
 * be told later; nothing is kept then.
 */
public interface Book {

  /**
   * What is to be kept of a game day.
   *
   * @param notes in their order; at most one begins runs
   * @param wake when to ask again; empty where nothing is to come
   */
  record Resolved(List<Note> notes, Optional<Instant> wake) {
    /** Keeps the list unchangeable. */
    public Resolved {
      notes = List.copyOf(notes);
    }

    /** Nothing is to be done, now or later. */
    public static Resolved nothing() {
      return new Resolved(List.of(), Optional.empty());
    }
  }

  /** A pure function of the past; it may be asked more than once. */
  interface Decider {
    /** What is to be kept now. */
    Resolved decide(Past past);
  }

  /**
   * Where runs were begun that somebody else looked after.
   *
   * @param scheduler who that was
   * @param host its machine
   * @param state its state folder there
   * @param mark what a file in that folder says, by which it is told from others of that name
   */
  record Origin(String scheduler, String host, String state, String mark) {}

  /**
   * An occasion that is on, and that nobody looks after.
   *
   * @param origin where its runs were begun; empty where that was here
   */
  record Orphan(Past.Firing firing, Optional<Origin> origin) {}

  /**
   * Decides on a game day, while nobody else can; what comes of it is kept before this returns.
   * Only then its runs may begin.
   */
  Resolved decide(String gameDay, Decider decider) throws IOException;

  /**
   * Keeps what has happened to an occasion of this daemon, at once or as soon as that is possible.
   */
  void keep(Note note) throws IOException;

  /**
   * Follows a game day from now on.
   *
   * @param digest tells one content from another
   * @return what was kept of that
   */
  List<Note> follow(String gameDay, String digest, Instant now) throws IOException;

  /**
   * Follows no game day but those.
   *
   * @return what was kept of that
   */
  List<Note> followOnly(Set<String> gameDays, Instant now) throws IOException;

  /** What was on when this daemon began. */
  List<Orphan> orphans() throws IOException;

  /** Whether the files of the runs belong to the content of a game day. */
  boolean coversRuns();
}
