package dev.faultline.gameday.daemon;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.file.Day;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a daemon works with.
 *
 * @param clock the time
 * @param book where it is kept what becomes of game days
 * @param runner makes runs
 * @param barrier says why nothing may begin now
 * @param teller hears what happens, and tells others
 */
public record Parts(InstantSource clock, Book book, Runner runner, Barrier barrier, Teller teller) {

  /** Whether runs may begin. */
  public interface Barrier {
    /** Why nothing may begin now. */
    Optional<String> closed();
  }

  /** Who tells a person. */
  public interface Teller {
    /**
     * Something happened.
     *
     * @param day the game day that it is about, where it is still known
     */
    void tell(Note note, Optional<Day> day);

    /** A file is not followed. */
    void refused(InvalidFile why);
  }
}
