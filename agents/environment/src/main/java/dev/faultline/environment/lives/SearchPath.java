package dev.faultline.environment.lives;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs are looked for that are installed already.
 *
 * @param folders in the order in which they are looked through
 */
public record SearchPath(List<Path> folders) {

  // Debian keeps them off the path of ordinary users, who may run what lies there all the same.
  private static final List<Path> OF_SERVERS =
      List.of(Path.of("/usr/local/sbin"), Path.of("/usr/sbin"), Path.of("/sbin"));

  /** Copies. */
  public SearchPath {
    folders = List.copyOf(folders);
  }

  /** The {@code PATH} of this process. */
  public static SearchPath ofThisProcess() {
    return of(new ProcessBuilder().environment().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  /** The folders that a {@code PATH} names. */
  public static SearchPath of(String path) {
    return new SearchPath(
        Arrays.stream(path.split(":")).filter(folder -> !folder.isEmpty()).map(Path::of).toList());
  }

  /** The same, and behind it where servers are installed. */
  public SearchPath withServers() {
    return new SearchPath(Stream.concat(folders.stream(), OF_SERVERS.stream()).distinct().toList());
  }

  /** The first program of that name. */
  public Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
