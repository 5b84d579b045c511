package dev.faultline.gameday.course;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal of the schedule amounts to. The same notes give the same past. Not thread-safe.
 */
public final class Past {

  private record Followed(String digest, Instant decided) {}

  private final Map<String, Followed> followed = new LinkedHashMap<>();
  private final Map<String, Firing> open = new LinkedHashMap<>();
  private final Map<String, Instant> announced = new LinkedHashMap<>();

  /**
   * An occasion whose runs have begun, and that is not over.
   *
   * @param begun what was promised
   * @param ended what came of it so far
   */
  public record Firing(Note.Begun begun, List<Note.Ended> ended) {
    /** Keeps the list unchangeable. */
    public Firing {
      ended = List.copyOf(ended);
    }

    /** Its runs of which no end is known. */
    public List<String> unfinished() {
      return begun.runs().stream()
          .filter(run -> ended.stream().noneMatch(end -> end.run().equals(run)))
          .toList();
    }

    Firing with(Note.Ended end) {
      List<Note.Ended> more = new ArrayList<>(ended);
      more.add(end);
      return new Firing(begun, more);
    }
  }

  /** The past of some notes. */
  public static Past of(Iterable<Note> notes) {
    Past past = new Past();
    notes.forEach(past::add);
    return past;
  }

  /** This past, and some notes more. */
  public Past plus(Iterable<Note> notes) {
    Past more = new Past();
    more.followed.putAll(followed);
    more.open.putAll(open);
    more.announced.putAll(announced);
    notes.forEach(more::add);
    return more;
  }

  void add(Note note) {
    String day = note.gameDay();
    switch (note) {
      case Note.Followed begin -> followed.put(day, new Followed(begin.digest(), begin.at()));
      case Note.Left _ -> followed.remove(day);
      case Note.Dropped dropped -> decided(day, dropped.planned());
      case Note.Announced coming -> announced.put(day, coming.planned());
      case Note.Begun begun -> {
        decided(day, begun.planned());
        open.put(day, new Firing(begun, List.of()));
      }
      case Note.Ended ended -> open.computeIfPresent(day, (_, firing) -> firing.with(ended));
      case Note.Closed _ -> open.remove(day);
    }
  }

  private void decided(String day, Instant planned) {
    followed.computeIfPresent(
        day,
        (_, before) ->
            planned.isAfter(before.decided()) ? new Followed(before.digest(), planned) : before);
  }

  /** The last planned moment that is decided on, where the game day is followed. */
  public Optional<Instant> decided(String day) {
    return Optional.ofNullable(followed.get(day)).map(Followed::decided);
  }

  /** Whether others were told already that this one is to come. */
  public boolean isAnnounced(String day, Instant planned) {
    return planned.equals(announced.get(day));
  }

  /** Whether the game day is followed with that content. */
  public boolean follows(String day, String digest) {
    return Optional.ofNullable(followed.get(day))
        .filter(known -> known.digest().equals(digest))
        .isPresent();
  }

  /** Every game day that is followed. */
  public List<String> followed() {
    return List.copyOf(followed.keySet());
  }

  /** What is on. */
  public List<Firing> open() {
    return List.copyOf(open.values());
  }

  /** What is on of a game day. */
  public Optional<Firing> open(String day) {
    return Optional.ofNullable(open.get(day));
  }
}
