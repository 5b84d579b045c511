package dev.faultline.serve.days;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.gameday.calendar.Coming;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Notebook;
import dev.faultline.gameday.daemon.WatchedFolder;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.nio.file.Files;
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
  private static final int LATELY = 20;
  private static final long LARGEST = 16L << 20;

  private final Optional<WatchedFolder> folder;
  private final Path notes;
  private Days.Found found = new Days.Found(List.of(), List.of());

  /**
   * A diary.
   *
   * @param folder where game days are; empty where none are followed
   * @param notes the journal of the schedule, which need not be there
   */
  public Diary(Optional<Path> folder, Path notes) {
    this.folder = folder.map(path -> new WatchedFolder(path, new Days(new Loader())));
    this.notes = notes;
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
        folder.isPresent(), due.subList(0, Math.min(MOST, due.size())), frozen, lately(), refused);
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

  private List<String> lately() {
    try {
      if (!Files.exists(notes) || Files.size(notes) > LARGEST) {
        return List.of();
      }
      List<String> words =
          Notebook.read(notes).reversed().stream()
              .map(Diary::words)
              .flatMap(Optional::stream)
              .limit(LATELY)
              .toList();
      return words;
    } catch (IOException damaged) {
      return List.of("what became of earlier game days cannot be read: " + damaged.getMessage());
    }
  }

  private static Optional<String> words(Note note) {
    String day = note.gameDay();
    return switch (note) {
      case Note.Followed _, Note.Left _, Note.Announced _ -> Optional.empty();
      case Note.Dropped drop ->
          Optional.of(
              "%s: %s dropped what was planned for %s: %s"
                  .formatted(drop.at(), day, drop.planned(), drop.why()));
      case Note.Begun begun ->
          Optional.of(
              "%s: %s began %s".formatted(begun.at(), day, String.join(", ", begun.runs())));
      case Note.Ended end ->
          Optional.of(
              "%s: %s, run %s ended with %d%s"
                  .formatted(
                      end.at(),
                      day,
                      end.run(),
                      end.exit(),
                      end.words().isEmpty() ? "" : ": " + end.words()));
      case Note.Closed closed ->
          Optional.of("%s: %s was over, with %d".formatted(closed.at(), day, closed.exit()));
    };
  }
}
