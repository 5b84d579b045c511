package dev.faultline.gameday.file;

import dev.faultline.engine.file.GameDayFiles;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedGameDay;
import dev.faultline.engine.file.Loader;
import dev.faultline.gameday.calendar.Freezes;
import dev.faultline.gameday.calendar.HolidayCalendar;
import dev.faultline.gameday.calendar.Timetable;
import dev.faultline.gameday.calendar.UnreadableCalendar;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads game days with all that belongs to them. Thread-safe. */
public final class Days {

  /** A hundred years of holidays are a tenth of this. */
  private static final long LARGEST_CALENDAR = 4L << 20;

  private final GameDayFiles files;

  /** Reads with a loader that others use too. */
  public Days(Loader loader) {
    this.files = new GameDayFiles(loader);
  }

  /**
   * What some files hold.
   *
   * @param days those that can be followed, none called like another
   * @param refused why others cannot
   */
  public record Found(List<Day> days, List<InvalidFile> refused) {
    /** Keeps the lists unchangeable. */
    public Found {
      days = List.copyOf(days);
      refused = List.copyOf(refused);
    }
  }

  /**
   * Reads the game days of a file.
   *
   * @throws InvalidFile when it is refused, or a file that it names is
   */
  public List<Day> load(String file) throws InvalidFile {
    List<Day> days = new ArrayList<>();
    for (LoadedGameDay loaded : files.load(file)) {
      List<HolidayCalendar> calendars = new ArrayList<>();
      for (Path calendar : loaded.calendars()) {
        calendars.add(calendar(calendar));
      }
      Freezes freezes =
          new Freezes(loaded.spec().freeze(), calendars, loaded.spec().schedule().place());
      days.add(new Day(loaded, new Timetable(loaded.name(), loaded.spec(), freezes)));
    }
    return days;
  }

  /** Reads all that can be read of files, and of the files in folders, sorted by name. */
  public Found loadAll(List<String> places) throws IOException {
    Map<String, Day> days = new HashMap<>();
    List<Day> all = new ArrayList<>();
    List<InvalidFile> refused = new ArrayList<>();
    for (String place : places) {
      for (String file : filesOf(place)) {
        try {
          for (Day day : load(file)) {
            Day twin = days.putIfAbsent(day.name(), day);
            if (twin == null) {
              all.add(day);
            } else {
              refused.add(
                  new InvalidFile(
                      file,
                      "the game day '%s' stands in %s, too; give one of them another name"
                          .formatted(day.name(), twin.loaded().file())));
            }
          }
        } catch (InvalidFile invalid) {
          refused.add(invalid);
        }
      }
    }
    return new Found(all, refused);
  }

  /** A file, or the YAML files in a folder. */
  private static List<String> filesOf(String place) throws IOException {
    Path path = Path.of(place);
    if (!Files.isDirectory(path)) {
      return List.of(place);
    }
    try (Stream<Path> inside = Files.list(path)) {
      return inside
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .sorted()
          .toList();
    }
  }

  private static HolidayCalendar calendar(Path file) throws InvalidFile {
    String name = file.toString();
    try {
      if (Files.size(file) > LARGEST_CALENDAR) {
        throw new InvalidFile(
            name, "the calendar is larger than 4 MiB; take what is old out of it");
      }
      return HolidayCalendar.read(Files.readString(file));
    } catch (UnreadableCalendar unreadable) {
      String problem = String.valueOf(unreadable.getMessage());
      throw unreadable
          .line()
          .map(
              line ->
                  new InvalidFile(
                      name, Optional.of(new InvalidFile.Place(line, 1, line(file, line))), problem))
          .orElseGet(() -> new InvalidFile(name, problem));
    } catch (CharacterCodingException binary) {
      throw new InvalidFile(name, "this is not UTF-8 text; save the calendar as UTF-8");
    } catch (IOException unreadable) {
      throw new InvalidFile(
          name, "cannot be read (%s); check the path".formatted(unreadable.getMessage()));
    }
  }

  private static String line(Path file, int number) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.skip(number - 1L).findFirst().orElse("");
    } catch (IOException gone) {
      return "";
    }
  }
}
