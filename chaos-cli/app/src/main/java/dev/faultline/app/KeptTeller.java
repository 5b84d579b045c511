package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.shared.SharedBook;
import java.util.Optional;

/**
 * Has kept what happens to an occasion that was begun by hand, before it is told.
 *
 * @param book keeps it
 * @param others tell it
 */
record KeptTeller(SharedBook book, Parts.Teller others) implements Parts.Teller {

  @Override
  public void tell(Note note, Optional<Day> day) {
    book.keep(note);
    others.tell(note, day);
  }

  @Override
  public void refused(InvalidFile why) {
    others.refused(why);
  }
}
