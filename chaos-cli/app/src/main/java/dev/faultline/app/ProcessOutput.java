package dev.faultline.app;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Prints a file that grows, whole lines at a time. Not thread-safe. */
final class ProcessOutput {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int PIECE = 64 * 1024;

  private final Page out;
  private final Path file;
  private long printed;

  ProcessOutput(Page out, Path file) {
    this.out = out;
    this.file = file;
  }

  /**
   * Prints what came since the last time; nothing when the file is gone.
   *
   * @param over whether a line that has no end will not get one any more
   */
  void print(boolean over) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      byte[] piece = new byte[PIECE];
      log.seek(printed);
      for (int read = log.read(piece); read > 0; read = log.read(piece)) {
        int lines = lines(piece, read);
        // A line longer than a piece is printed in pieces.
        int length = lines == 0 && (over || read == PIECE) ? read : lines;
        if (length == 0) {
          return;
        }
        out.print(Inert.text(new String(piece, 0, length, StandardCharsets.UTF_8)));
        printed += length;
        log.seek(printed);
      }
    }
  }

  private static int lines(byte[] piece, int length) {
    int end = length;
    while (end > 0 && piece[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Waits until it is worth looking again. */
  void await() throws InterruptedException {
    Thread.sleep(LOOK);
  }
}
