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

  /** From how many lines on it is quicker to read them on all cores. */
  private static final int MANY = 1000;

  private record Line(int start, int end) {
    String text(byte[] bytes) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
  }

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
    List<Line> lines = lines(bytes);
    List<Optional<Entry>> read =
        (lines.size() < MANY ? lines.stream() : lines.parallelStream())
            .map(line -> JournalLine.read(line.text(bytes)))
            .toList();
    List<Entry> entries = new ArrayList<>(read.size());
    for (Line line : lines) {
      int number = entries.size();
      Optional<Entry> entry = read.get(number).filter(one -> one.number() == number);
      if (entry.isEmpty()) {
        return new JournalContent(entries, line.start(), false);
      }
      entries.add(entry.get());
    }
    int end = lines.isEmpty() ? 0 : lines.getLast().end() + 1;
    boolean torn = end < bytes.length && bytes[end] != 0;
    return new JournalContent(entries, end, torn || onlyZeros(bytes, end));
  }

  /** Where the lines are that end, up to the room that is set aside. */
  private static List<Line> lines(byte[] bytes) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    while (start < bytes.length && bytes[start] != 0) {
      int end = lineEnd(bytes, start);
      if (end == bytes.length) {
        break;
      }
      lines.add(new Line(start, end));
      start = end + 1;
    }
    return lines;
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
