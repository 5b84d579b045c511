package dev.faultline.app.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The surroundings of this process.
 *
 * @param env the environment variables
 * @param state where runs are kept
 * @param cache where downloads are kept
 */
public record Machine(Map<String, String> env, Path state, Path cache) {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Keeps the variables unchangeable. */
  public Machine {
    env = Map.copyOf(env);
  }

  /** Where a program is that is called by its name alone. */
  Optional<Path> onPath(String program) {
    return Arrays.stream(env.getOrDefault("PATH", "").split(":"))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether a small program of the system ends well, within some seconds. */
  boolean works(String... argv) {
    try {
      Process process =
          new ProcessBuilder(List.of(argv))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(PATIENCE) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What a file of the kernel says. */
  Optional<String> kernel(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)).strip());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Whether this is the user who may do everything. */
  boolean root() {
    return kernel("/proc/self/status")
        .orElse("")
        .lines()
        .anyMatch(line -> line.matches("Uid:\\s+0\\b.*"));
  }

  /** The nearest folder of a path that is there. */
  Path nearest(Path wanted) {
    Path folder = wanted.toAbsolutePath();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }
}
