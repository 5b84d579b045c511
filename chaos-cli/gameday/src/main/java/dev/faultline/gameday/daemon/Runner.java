package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Book;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes runs. Thread-safe. */
public interface Runner {

  /**
   * The end of a run.
   *
   * @param exit its exit code
   * @param words what there is to say of it; may be empty
   */
  record End(int exit, String words) {}

  /**
   * A run that was begun before this process was, or elsewhere.
   *
   * @param run its id
   * @param file what it runs, where that is still known
   * @param origin where it was begun; empty where that was here
   */
  record Lost(String run, Optional<Path> file, Optional<Book.Origin> origin) {}

  /**
   * Begins a run, whose id must never have been taken before.
   *
   * @return comes with its end, never exceptionally
   * @throws IOException when it cannot be begun
   */
  CompletableFuture<End> begin(String run, Path file) throws IOException;

  /** Lets a run withdraw its faults and end. */
  void stop(String run);

  /**
   * Looks after a run: one that is on is left to its end; one that died has its undo finished,
   * where it can be reached from here, and counts as halted; one that never began never will.
   *
   * @return comes with its end, never exceptionally
   */
  CompletableFuture<End> takeOver(Lost lost);
}
