package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.util.List;

/** The game days that a command is about. */
final class ScheduleFiles {

  private ScheduleFiles() {}

  /**
   * Every game day of these; at least one.
   *
   * @param places files and folders
   */
  static List<Day> load(List<String> places) throws InvalidFile, UsageError, IOException {
    Days.Found found = new Days(new Loader()).loadAll(places);
    if (!found.refused().isEmpty()) {
      throw found.refused().getFirst();
    }
    if (found.days().isEmpty()) {
      throw new UsageError(
          "there is no game day in " + String.join(", ", places),
          "the documents in there are of other kinds",
          "name a file with a document of kind: GameDay");
    }
    return found.days();
  }
}
