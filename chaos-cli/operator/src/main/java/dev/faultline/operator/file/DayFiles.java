package dev.faultline.operator.file;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.gameday.calendar.Freezes;
import dev.faultline.gameday.calendar.Timetable;
import dev.faultline.gameday.course.Agenda;
import dev.faultline.model.document.Document;
import dev.faultline.model.document.GameDay;
import dev.faultline.model.document.GameDaySpec;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.day.DayPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads game days with the reader of files. Thread-safe for different objects.
 *
 * @param root the folder of all objects
 * @param contents the {@code spec} of an object; empty where there is none of that name
 */
public record DayFiles(Path root, Function<Seen.Key, Optional<JsonNode>> contents) {

  /**
   * The game day of an object.
   *
   * @throws NotRun when it is refused
   * @throws IOException when the folder cannot be written
   */
  public DayPlan load(Seen.Key key) throws NotRun, IOException {
    JsonNode spec =
        contents.apply(key).orElseThrow(() -> NotRun.waiting("Gone", "the object is gone"));
    Path file = ObjectFolder.emptied(root, key).write(key, spec);
    GameDaySpec day = read(key, file);
    requireForOthers(day);
    Freezes freezes = new Freezes(day.freeze(), List.of(), day.schedule().place());
    return new DayPlan(new Agenda(new Timetable(key.name(), day, freezes), day), runs(day));
  }

  private static GameDaySpec read(Seen.Key key, Path file) throws NotRun {
    try {
      for (Document document : new Loader().load(file, file.toString())) {
        if (document instanceof GameDay day) {
          return day.spec();
        }
      }
    } catch (InvalidFile refused) {
      throw NotRun.invalid(ObjectFiles.words(refused));
    }
    throw NotRun.invalid(key.words() + " holds no game day");
  }

  private static void requireForOthers(GameDaySpec day) throws NotRun {
    if (day.freeze().stream().anyMatch(freeze -> freeze.calendar().isPresent())) {
      throw NotRun.untrusted(
          "spec.freeze names a calendar, which is a file; the operator reads none for others. Write its days"
              + " down as 'date', or 'from' and 'to'");
    }
    if (day.notices().isPresent()) {
      throw NotRun.untrusted(
          "spec.notify: the operator sends nothing to addresses of others. Leave it out; its status"
              + " and figures tell the same, or let 'faultline schedule' follow this game day");
    }
  }

  private static List<String> runs(GameDaySpec day) throws NotRun {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < day.runs().size(); i++) {
      runs.add(Names.object(day.runs().get(i), "spec.runs[%d]".formatted(i)));
    }
    return runs;
  }
}
