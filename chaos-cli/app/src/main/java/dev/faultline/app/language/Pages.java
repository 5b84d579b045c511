package dev.faultline.app.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The pages of docs/, which the build puts beside the classes. */
final class Pages {

  private Pages() {}

  /** The texts of all pages, by their names. */
  static List<String> read() {
    URL folder =
        Objects.requireNonNull(Pages.class.getResource("/dev/faultline/app/docs/file-format.md"));
    try {
      URI place = folder.toURI();
      if (!place.getScheme().equals("jar")) {
        return read(Objects.requireNonNull(Path.of(place).getParent()));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return read(jar.getPath("/dev/faultline/app/docs"));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("this installation cannot be read", unreadable);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> read(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }
}
