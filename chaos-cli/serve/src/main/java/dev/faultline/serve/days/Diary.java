package dev.faultline.serve.days;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.gameday.calendar.Coming;
import dev.faultline.gameday.daemon.WatchedFolder;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The game days of a folder, read anew when a file of it changes. Thread-safe. */
public final class Diary {

  private static final int MOST = 400;

  private final Optional<WatchedFolder> folder;
  private final Lately lately;
  private Days.Found found = new Days.Found(List.of(), List.of());

  /**
   * A diary.
   *
   * @param folder where game days are; empty where none are followed
   * @param lately what became of those before
   */
  public Diary(Optional<Path> folder, Lately lately) {
    this.folder = folder.map(path -> new WatchedFolder(path, new Days(new Loader())));
    this.lately = lately;
  }

  /**
   * What it says at a moment.
   *
   * @param followed whether there is a folder of game days at all
   * @param due what comes, the soonest first
   * @param frozen freezes that are not over
   * @param lately what became of those before, the newest first
   * @param refused what cannot be read, and why
   */
  public record Entries(
      boolean followed,
      List<Due> due,
      List<Frozen> frozen,
      List<String> lately,
      List<String> refused) {

    /** Keeps the lists unchangeable. */
    public Entries {
      due = List.copyOf(due);
      frozen = List.copyOf(frozen);
      lately = List.copyOf(lately);
      refused = List.copyOf(refused);
    }

    /** The first of what begins. */
    public List<Due> next(int most) {
      return due.stream().filter(one -> one.dropped().isEmpty()).limit(most).toList();
    }
  }

  /** What it says of the time from now on. */
  public synchronized Entries entries(Instant now, Duration ahead) {
    List<String> refused = new ArrayList<>(read());
    List<Due> due = new ArrayList<>();
    List<Frozen> frozen = new ArrayList<>();
    for (Day day : found.days()) {
      Coming.of(day.timetable(), now, now.plus(ahead), MOST)
          .forEach(coming -> due.add(Due.of(day, coming)));
      frozen.addAll(Frozen.of(day, LocalDateTime.ofInstant(now, day.timetable().zone())));
    }
    due.sort(Comparator.comparing(Due::at).thenComparing(Due::gameDay));
    return new Entries(
        folder.isPresent(),
        due.subList(0, Math.min(MOST, due.size())),
        frozen,
        lately.lines(),
        refused);
  }

  private List<String> read() {
    try {
      if (folder.isPresent()) {
        found = folder.get().next().orElse(found);
      }
      return found.refused().stream().map(InvalidFile::getMessage).map(String::valueOf).toList();
    } catch (IOException unreadable) {
      return List.of("the folder of game days cannot be read: " + unreadable.getMessage());
    }
  }
}
