package dev.faultline.serve.days;

import dev.faultline.gameday.course.Chronicle;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.Notebook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the journal of one scheduler says, read anew for each question. One of more than 16 MiB says
 * nothing.
 *
 * @param file which need not be there
 */
public record ScheduleJournal(Path file) implements Chronicle {

  private static final long LARGEST = 16L << 20;

  @Override
  public List<Note> newest(int most) throws IOException {
    if (!Files.exists(file) || Files.size(file) > LARGEST) {
      return List.of();
    }
    return Notebook.read(file).reversed().stream()
        .filter(ScheduleJournal::isTold)
        .limit(most)
        .toList();
  }

  private static boolean isTold(Note note) {
    return switch (note) {
      case Note.Followed _, Note.Left _, Note.Announced _ -> false;
      case Note.Dropped _, Note.Begun _, Note.Ended _, Note.Closed _ -> true;
    };
  }
}
