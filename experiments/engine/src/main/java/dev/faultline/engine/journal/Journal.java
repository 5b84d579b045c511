package dev.faultline.engine.journal;

import dev.faultline.model.event.Entry;
import java.io.Closeable;
import java.io.IOException;

/**
 * The append-only record of a run. An entry that changes state is safe on disk when {@link #append}
 * returns. Room for the entries of an undo is always set aside first: samples are refused before
 * the undo could be. Not thread-safe.
 */
public final class Journal implements Closeable {

  /** Room for the undo of hundreds of steps. */
  static final int RESERVE = 256 * 1024;

  private final JournalFile file;

  /** A journal in this file. */
  public Journal(JournalFile file) {
    this.file = file;
  }

  /**
   * Appends an entry.
   *
   * @throws IOException when the entry may not be safe; the run must then undo at once, and may go
   *     on appending what fits
   */
  public void append(Entry entry) throws IOException {
    byte[] line = JournalLine.write(entry);
    IOException full = null;
    try {
      file.reserve(line.length + RESERVE);
    } catch (IOException noRoom) {
      full = noRoom;
    }
    if (full == null || entry.event().changesState()) {
      file.write(line);
    }
    if (entry.event().changesState()) {
      file.force();
    }
    if (full != null) {
      throw full;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
