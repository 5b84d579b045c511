package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.Book.Origin;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the tables said at a moment.
 *
 * @param days by name
 * @param others every other scheduler
 * @param holdings what other schedulers have in their files
 */
record Snapshot(Map<String, Day> days, List<Other> others, List<Holding> holdings) {

  static final Snapshot NOTHING = new Snapshot(Map.of(), List.of(), List.of());

  Snapshot {
    days = Map.copyOf(days);
    others = List.copyOf(others);
    holdings = List.copyOf(holdings);
  }

  /** A scheduler. */
  record Other(String id, String host, long beat, Optional<String> halted) {}

  /** The content that a scheduler has of a game day. */
  record Holding(String gameDay, String digest) {}

  /**
   * A game day.
   *
   * @param digest of the content that all follow; empty where nobody follows it
   * @param decided the last planned moment that is decided on
   * @param announced the last planned moment that others were told of before
   * @param on what is on of it
   */
  record Day(
      String name,
      Optional<String> digest,
      Optional<Instant> decided,
      Optional<Instant> announced,
      Optional<On> on) {

    static Day unknown(String name) {
      return new Day(name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Past past() {
      List<Note> notes = new ArrayList<>();
      if (digest.isPresent() && decided.isPresent()) {
        notes.add(new Note.Followed(name, digest.get(), decided.get()));
      }
      announced.ifPresent(at -> notes.add(new Note.Announced(name, at, at, at)));
      on.ifPresent(
          firing -> {
            notes.add(firing.begun());
            notes.addAll(firing.ended());
          });
      return Past.of(notes);
    }

    /** The day after some notes. */
    Day plus(List<Note> notes, String owner, Origin origin) {
      Past then = past().plus(notes);
      Optional<Instant> told = announced;
      Optional<On> now = on;
      for (Note note : notes) {
        switch (note) {
          case Note.Announced coming -> told = Optional.of(coming.planned());
          case Note.Begun begun -> now = Optional.of(new On(begun, List.of(), owner, origin));
          default -> {}
        }
      }
      return new Day(name, digest, then.decided(name), told, now);
    }

    Day over() {
      return new Day(name, digest, decided, announced, Optional.empty());
    }
  }

  /**
   * An occasion that is on.
   *
   * @param owner who looks after it
   * @param origin who began it
   */
  record On(Note.Begun begun, List<Note.Ended> ended, String owner, Origin origin) {
    On {
      ended = List.copyOf(ended);
    }

    Past.Firing firing() {
      return new Past.Firing(begun, ended);
    }
  }

  Day day(String name) {
    return Optional.ofNullable(days.get(name)).orElseGet(() -> Day.unknown(name));
  }

  Snapshot with(Day day) {
    Map<String, Day> changed = new HashMap<>(days);
    changed.put(day.name(), day);
    return new Snapshot(changed, others, holdings);
  }

  /** Whether another scheduler has that content of a game day. */
  boolean held(String gameDay, String digest) {
    return holdings.contains(new Holding(gameDay, digest));
  }
}
