package dev.faultline.environment.patroni;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where programs are looked for that are installed already.
 *
 * @param folders in the order in which they are looked through
 */
record SearchPath(List<Path> folders) {

  SearchPath {
    folders = List.copyOf(folders);
  }

  /** The {@code PATH} of this process. */
  static SearchPath ofThisProcess() {
    String path = new ProcessBuilder().environment().getOrDefault("PATH", "/usr/bin:/bin");
    return new SearchPath(
        Arrays.stream(path.split(":")).filter(folder -> !folder.isEmpty()).map(Path::of).toList());
  }

  /** The first program of that name. */
  Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
