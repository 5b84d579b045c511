package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.file.Day;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells what happens to game days, in lines.
 *
 * @param logs where runs print to
 */
record ScheduleView(Console console, Path logs) implements Parts.Teller {

  @Override
  public void tell(Note note, Optional<Day> day) {
    console.out().line(Inert.text(words(note)));
  }

  private String words(Note note) {
    String day = note.gameDay();
    return switch (note) {
      case Note.Followed _ -> "%s: followed".formatted(day);
      case Note.Left _ -> "%s: followed no more".formatted(day);
      case Note.Dropped dropped ->
          "%s: dropped what was planned for %s: %s"
              .formatted(day, dropped.planned(), dropped.why());
      case Note.Announced coming ->
          "%s: others are told that it begins at %s".formatted(day, coming.start());
      case Note.Begun begun -> "%s: begins %s".formatted(day, String.join(", ", begun.runs()));
      case Note.Ended ended ->
          "%s: run %s ended with %d%s%s"
              .formatted(
                  day,
                  ended.run(),
                  ended.exit(),
                  ended.words().isEmpty() ? "" : " (%s)".formatted(ended.words()),
                  said(logs.resolve(ended.run() + ".log")));
      case Note.Closed closed -> "%s: over, with %d".formatted(day, closed.exit());
    };
  }

  /** Of a run that was begun elsewhere, nothing was printed here. */
  private static String said(Path log) {
    return Files.exists(log) ? "; it said " + log : "";
  }

  @Override
  public void refused(InvalidFile why) {
    console.error(String.valueOf(why.getMessage()), "", "what stands in it is not followed");
  }

  /** Something that is no note; from any thread. */
  void said(String words) {
    console.err().line(Inert.text(words));
  }
}
