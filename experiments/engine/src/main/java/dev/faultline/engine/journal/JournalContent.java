package dev.faultline.engine.journal;

import dev.faultline.model.event.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be read of a journal.
 *
 * @param entries the entries up to the first line that is not whole
 * @param validBytes where they end
 * @param whole whether nothing but set-aside room or a torn last line follows; otherwise the
 *     journal is corrupt, or of a newer Faultline, and must not be trusted to name everything
 */
public record JournalContent(List<Entry> entries, long validBytes, boolean whole) {

  /** Keeps the entries unchangeable. */
  public JournalContent {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a journal. A torn line has no end and is the last one; a line that ends and cannot be
   * read was altered, or written by a newer Faultline.
   *
   * @throws IOException when the file cannot be read at all
   */
  public static JournalContent read(Path file) throws IOException {
    return of(Files.readAllBytes(file));
  }

  static JournalContent of(byte[] bytes) {
    List<Entry> entries = new ArrayList<>();
    int start = 0;
    while (start < bytes.length && bytes[start] != 0) {
      int end = lineEnd(bytes, start);
      Optional<Entry> entry =
          end == bytes.length
              ? Optional.empty()
              : JournalLine.read(new String(bytes, start, end - start, StandardCharsets.UTF_8))
                  .filter(read -> read.number() == entries.size());
      if (entry.isEmpty()) {
        return new JournalContent(entries, start, end == bytes.length);
      }
      entries.add(entry.get());
      start = end + 1;
    }
    return new JournalContent(entries, start, onlyZeros(bytes, start));
  }

  private static int lineEnd(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static boolean onlyZeros(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
