package dev.faultline.engine.journal;

import dev.faultline.model.event.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal while another process writes it, without disturbing it: each call gives the
 * entries that came since the last one. Not thread-safe.
 */
public final class JournalTail {

  private static final int PIECE = 64 * 1024;

  private final Path file;
  private long end;
  private long entries;
  private boolean whole = true;

  /** Reads from the beginning; the file need not be there yet. */
  public JournalTail(Path file) {
    this.file = file;
  }

  /**
   * The entries that are whole by now and were not given before; nothing after a line that was
   * altered or is of a newer Faultline.
   *
   * @throws IOException when the file cannot be read
   */
  public List<Entry> next() throws IOException {
    if (!whole || !Files.exists(file)) {
      return List.of();
    }
    List<Entry> found = new ArrayList<>();
    byte[] fresh = fresh();
    int start = 0;
    for (int at = 0; at < fresh.length && whole; at++) {
      if (fresh[at] == '\n') {
        take(new String(fresh, start, at - start, StandardCharsets.UTF_8), at + 1 - start, found);
        start = at + 1;
      }
    }
    return List.copyOf(found);
  }

  private void take(String line, int bytes, List<Entry> found) {
    Optional<Entry> entry = JournalLine.read(line).filter(read -> read.number() == entries);
    whole = entry.isPresent();
    if (entry.isPresent()) {
      found.add(entry.get());
      entries++;
      end += bytes;
    }
  }

  /** All that was written since, up to the room that is merely set aside. */
  private byte[] fresh() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
      journal.seek(end);
      byte[] piece = new byte[PIECE];
      for (int read = journal.read(piece); read > 0; read = journal.read(piece)) {
        int written = written(piece, read);
        bytes.write(piece, 0, written);
        if (written < read) {
          break;
        }
      }
    }
    return bytes.toByteArray();
  }

  private static int written(byte[] piece, int length) {
    int at = 0;
    while (at < length && piece[at] != 0) {
      at++;
    }
    return at;
  }

  /** Whether all that was read could be trusted. */
  public boolean whole() {
    return whole;
  }
}
