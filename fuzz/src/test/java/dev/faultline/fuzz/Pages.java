package dev.faultline.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the checkout shows to its readers: examples, and the files in its pages. */
public final class Pages {

  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

  private Pages() {}

  /** The folder of the checkout. */
  public static Path root() {
    return Path.of(System.getProperty("fuzz.root", "..")).toAbsolutePath().normalize();
  }

  /** Every example. */
  public static List<byte[]> examples() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (Path file : files(root().resolve("examples/shop"), ".yaml")) {
      all.add(Files.readAllBytes(file));
    }
    return all;
  }

  /** The files in pages that contain a word. */
  public static Stream<String> shown(String word) throws IOException {
    return files(root().resolve("docs"), ".md").stream()
        .flatMap(page -> YAML.matcher(text(page)).results())
        .map(block -> block.group(1))
        .filter(text -> text.contains(word));
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
