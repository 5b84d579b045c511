package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The game days that a command is about. */
final class ScheduleFiles {

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Files of game days, or folders of them.")
  private List<String> places = new ArrayList<>();

  /** Every game day; at least one. */
  List<Day> load() throws InvalidFile, UsageError, IOException {
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
