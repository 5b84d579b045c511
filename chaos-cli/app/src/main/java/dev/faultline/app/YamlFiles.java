package dev.faultline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a command is about, where it takes folders too. */
final class YamlFiles {

  private YamlFiles() {}

  /**
   * Files, and in place of each folder the YAML files that lie in it, by their names.
   *
   * @throws UsageError when a folder has no such file
   */
  static List<String> of(List<String> names) throws UsageError, IOException {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      Optional<Path> folder = folder(name);
      files.addAll(folder.isPresent() ? inside(folder.get()) : List.of(name));
    }
    return files;
  }

  private static Optional<Path> folder(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isDirectory);
    } catch (InvalidPathException impossible) {
      return Optional.empty();
    }
  }

  private static List<String> inside(Path folder) throws UsageError, IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> found =
          files
              .filter(Files::isRegularFile)
              .map(Path::toString)
              .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new UsageError(
            "there is no .yaml file in " + folder,
            "a folder stands for the files in it, not for those in folders below",
            "name another folder, or a file");
      }
      return found;
    }
  }
}
