package dev.faultline.environment.lives;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process printed.
 *
 * @param file where it is kept
 */
public record Log(Path file) {

  private static final int BYTES = 16 * 1024;
  private static final int LINES = 15;

  /** The last lines, introduced and indented, to be appended to a message. */
  public String quoted() {
    List<String> lines = lastLines();
    return lines.isEmpty()
        ? "; it printed nothing"
        : "; the last it printed:\n  " + String.join("\n  ", lines);
  }

  private List<String> lastLines() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long skipped = Math.max(0, log.length() - BYTES);
      log.seek(skipped);
      byte[] bytes = new byte[(int) (log.length() - skipped)];
      log.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
