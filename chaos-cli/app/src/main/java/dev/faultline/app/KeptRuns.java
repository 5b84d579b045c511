package dev.faultline.app;

import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.judge.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The runs whose journals and reports stay where nobody else would ever remove them: the latest
 * ones, and each whose faults may be in force still. Thread-safe.
 *
 * @param store where they are
 * @param most how many stay of those that are over
 */
record KeptRuns(RunStore store, int most) {

  private record Aged(RunFolder run, FileTime written) {}

  /** Removes the oldest; runs that end together do so one after another. */
  synchronized void trim() throws IOException {
    List<RunFolder> all = store.all();
    int excess = all.size() - most;
    if (excess <= 0) {
      return;
    }
    for (RunFolder run : byAge(all)) {
      if (excess > 0 && isOver(run) && store.forget(run)) {
        excess--;
      }
    }
  }

  private static List<RunFolder> byAge(List<RunFolder> all) throws IOException {
    List<Aged> aged = new ArrayList<>();
    for (RunFolder run : all) {
      Path journal = run.journal();
      aged.add(
          new Aged(run, Files.getLastModifiedTime(Files.exists(journal) ? journal : run.path())));
    }
    aged.sort(Comparator.comparing(Aged::written));
    return aged.stream().map(Aged::run).toList();
  }

  private static boolean isOver(RunFolder run) throws IOException {
    Optional<Outcome> outcome = Recorded.outcome(run);
    return outcome.isPresent() && outcome.get() != Outcome.UNDO_NOT_PROVEN;
  }
}
