package dev.faultline.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of one run.
 *
 * @param id the run's id
 * @param path the folder
 */
public record RunFolder(String id, Path path) {

  /** The journal. */
  public Path journal() {
    return path.resolve("journal.jsonl");
  }

  /** What a journal that could not be trusted said before it was gone on with. */
  Path damaged() {
    return path.resolve("journal.damaged");
  }

  /** Whether the journal could not be trusted at some time, so that it may not name everything. */
  public boolean wasDamaged() {
    return Files.exists(damaged());
  }

  /** Held by whoever runs or undoes the run. */
  Path lock() {
    return path.resolve("lock");
  }

  /** Reads what there is of the journal; a run that died before its first entry has none. */
  public JournalContent read() throws IOException {
    return Files.exists(journal())
        ? JournalContent.read(journal())
        : new JournalContent(List.of(), 0, true);
  }
}
