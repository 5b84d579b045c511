package dev.faultline.gameday.daemon;

import java.io.IOException;
import java.nio.file.Path;
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
   * Begins a run, whose id must never have been taken before.
   *
   * @return comes with its end, never exceptionally
   * @throws IOException when it cannot be begun
   */
  CompletableFuture<End> begin(String run, Path file) throws IOException;

  /** Lets a run withdraw its faults and end. */
  void stop(String run);

  /**
   * Looks after a run that was begun before this process was: one that is on is left to its end;
   * one that died has its undo finished, and counts as halted; one that never began never will.
   *
   * @return comes with its end, never exceptionally
   */
  CompletableFuture<End> takeOver(String run);
}
