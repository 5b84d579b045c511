package dev.faultline.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** An executable file, found as the kernel and a shell would find it. */
record Program(Path file) {

  private static final int SETUID_OR_SETGID = 06000;

  /**
   * Finds it.
   *
   * @param path the value of {@code PATH}; an empty part means the directory
   */
  static Optional<Program> find(String name, String path, Path directory) {
    Stream<Path> candidates =
        name.contains("/")
            ? Stream.of(directory.resolve(name))
            : Stream.of(path.split(":", -1)).map(part -> directory.resolve(part).resolve(name));
    return candidates
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst()
        .map(Program::new);
  }

  /** Whether executing it may change its credentials, upon which the kernel forgets pdeathsig. */
  boolean changesCredentials() throws IOException {
    return ((int) Files.getAttribute(file, "unix:mode") & SETUID_OR_SETGID) != 0;
  }
}
