package dev.faultline.engine.journal;

import dev.faultline.model.event.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

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
    append(List.of(entry));
  }

  /**
   * Appends entries that are put on disk together: a hundred for the price of one.
   *
   * @throws IOException when one of them may not be safe
   */
  public void append(List<Entry> together) throws IOException {
    List<byte[]> lines = together.stream().map(JournalLine::write).toList();
    boolean changing = together.stream().anyMatch(entry -> entry.event().changesState());
    IOException full = null;
    try {
      file.reserve(lines.stream().mapToInt(line -> line.length).sum() + RESERVE);
    } catch (IOException noRoom) {
      full = noRoom;
    }
    if (full == null || changing) {
      for (byte[] line : lines) {
        file.write(line);
      }
    }
    if (changing) {
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
