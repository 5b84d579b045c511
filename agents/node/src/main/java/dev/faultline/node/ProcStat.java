package dev.faultline.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The two fields of {@code /proc/PID/stat} that tell processes and their states apart. */
record ProcStat(char state, long startTicks) {

  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /**
   * Reads the process or thread {@code pid}; empty when there is none.
   *
   * @throws UncheckedIOException when it exists but may not be read
   */
  static Optional<ProcStat> of(long pid) {
    return read(PROC.resolve(Long.toString(pid)));
  }

  private static Optional<ProcStat> read(Path folder) {
    try {
      return Optional.of(
          parse(Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1)));
    } catch (IOException failure) {
      // A process may end between opening and reading: then its folder has gone too.
      if (Files.exists(folder)) {
        throw new UncheckedIOException(failure);
      }
      return Optional.empty();
    }
  }

  /**
   * The name in field 2 may hold spaces and parentheses, so fields are counted from the last one.
   */
  static ProcStat parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ");
    return new ProcStat(fields[STATE].charAt(0), Long.parseLong(fields[START_TICKS]));
  }

  boolean ended() {
    return state == 'Z' || state == 'X' || state == 'x';
  }

  boolean stopped() {
    return state == 'T' || state == 't';
  }

  /**
   * The numbers of the threads of a process, in order; none when it has ended.
   *
   * @throws UncheckedIOException when they exist but may not be read
   */
  static List<Long> threadsOf(long pid) {
    Path tasks = PROC.resolve(Long.toString(pid)).resolve("task");
    List<Long> threads = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(tasks)) {
      folders.forEach(folder -> threads.add(Long.parseLong(folder.getFileName().toString())));
    } catch (IOException | DirectoryIteratorException failure) {
      if (Files.exists(tasks)) {
        throw new UncheckedIOException(new IOException(failure));
      }
    }
    Collections.sort(threads);
    return threads;
  }

  /** The state of a thread that still lives, which need not be the first one of its process. */
  static Optional<ProcStat> livingThreadOf(long pid) {
    Path tasks = PROC.resolve(Long.toString(pid)).resolve("task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        Optional<ProcStat> living = read(thread).filter(stat -> !stat.ended());
        if (living.isPresent()) {
          return living;
        }
      }
      return Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
