package dev.faultline.environment.lives;

import dev.faultline.node.Child;
import dev.faultline.node.ChildOutput.Append;
import dev.faultline.node.ChildSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs programs of the system to their end.
 *
 * @param lives starts them, and ends them when the lab ends
 * @param folder where their output is kept while they run
 */
public record Tools(Lives lives, Path folder) {

  private static final int QUOTED = 600;

  /**
   * Runs a program and returns what it printed.
   *
   * @throws IOException when it cannot be started, is not done in time, or ends with anything but 0
   */
  public String run(List<String> argv, Duration bound) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "tool", ".log");
    try {
      Append log = new Append(output);
      Child child = lives.start(new ChildSpec(argv, Map.of("LC_ALL", "C"), folder, log, log));
      try {
        if (!child.process().waitFor(bound)) {
          throw new IOException(
              "'%s' was not done within %s".formatted(argv.getFirst(), Seconds.words(bound)));
        }
      } finally {
        child.process().destroyForcibly();
        lives.clearAfter(child);
      }
      String printed = Files.readString(output).strip();
      if (child.process().exitValue() != 0) {
        throw new IOException(
            "'%s' ended with %s: %s"
                .formatted(
                    argv.getFirst(),
                    ExitWords.of(child.process().exitValue()),
                    printed.substring(Math.max(0, printed.length() - QUOTED))));
      }
      return printed;
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
