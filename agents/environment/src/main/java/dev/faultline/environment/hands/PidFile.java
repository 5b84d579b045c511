package dev.faultline.environment.hands;

import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file in which a process, or who started it, has written its number. */
record PidFile(Path path) {

  private static final Pattern TEXT = Pattern.compile("\\s*([1-9][0-9]{0,9})\\s*");
  private static final int LONGEST = 64;
  // The kernel tells start times to the second of the wall clock.
  private static final Duration CLOCK = Duration.ofSeconds(2);

  /**
   * The process; empty when there is no file, or the process has ended.
   *
   * @throws PidFileException when the file holds no number, or one that a younger process bears now
   */
  Optional<ProcessIdentity> process() throws PidFileException {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new PidFileException(path + " is not a regular file");
      }
      Instant written = Files.getLastModifiedTime(path).toInstant();
      long pid = number();
      Optional<ProcessIdentity> process = ProcessIdentity.of(pid);
      if (process.isPresent() && startedAfter(pid, written)) {
        throw new PidFileException(
            "process %d started after %s was written: it is another one".formatted(pid, path));
      }
      return process;
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new PidFileException("%s cannot be read".formatted(path), unreadable);
    }
  }

  private static boolean startedAfter(long pid, Instant written) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .filter(started -> started.isAfter(written.plus(CLOCK)))
        .isPresent();
  }

  private long number() throws IOException, PidFileException {
    try (InputStream in = Files.newInputStream(path)) {
      String text = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
      Matcher number = TEXT.matcher(text);
      if (!number.matches()) {
        throw new PidFileException(path + " holds no process number");
      }
      return Long.parseLong(number.group(1));
    }
  }
}
