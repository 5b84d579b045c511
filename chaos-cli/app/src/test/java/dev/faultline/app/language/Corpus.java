package dev.faultline.app.language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every file that this checkout shows to people, and every one that it calls wrong. */
final class Corpus {

  private static final Path HOME = Path.of("../..");
  private static final Path REFUSALS =
      HOME.resolve("experiments/engine/src/test/resources/dev/faultline/engine/file");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private Corpus() {}

  /** Pages, examples and the whole file of the loader's tests, by their names. */
  static Map<String, List<JsonNode>> files() throws IOException {
    Map<String, List<JsonNode>> files = new LinkedHashMap<>();
    for (Path page : under("docs", ".md")) {
      List<String> shown =
          YAML.matcher(Files.readString(page)).results().map(block -> block.group(1)).toList();
      for (int i = 0; i < shown.size(); i++) {
        if (shown.get(i).startsWith("apiVersion")) {
          files.put("%s #%d".formatted(page.getFileName(), i + 1), trees(shown.get(i)));
        }
      }
    }
    for (Path example : under("examples", ".yaml")) {
      files.put(example.getFileName().toString(), trees(Files.readString(example)));
    }
    files.put("whole.yaml", trees(Files.readString(REFUSALS.resolve("whole.yaml"))));
    return files;
  }

  private static List<Path> under(String folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(HOME.resolve(folder))) {
      return all.filter(path -> path.toString().endsWith(suffix))
          .filter(path -> !path.toString().contains("/target/"))
          // For kubectl, not for Faultline.
          .filter(path -> !path.toString().contains("/manifests/"))
          .sorted()
          .toList();
    }
  }

  /**
   * A file that the loader refuses.
   *
   * @param message what it says
   */
  record Wrong(String title, String file, String message) {}

  /** What one of the lists of the loader's tests has. */
  static List<Wrong> wrong(String list) throws IOException {
    String whole = Files.readString(REFUSALS.resolve("whole.yaml"));
    return Arrays.stream(Files.readString(REFUSALS.resolve(list)).split("(?m)^== "))
        .filter(one -> !one.isBlank())
        .map(
            one ->
                new Wrong(
                    one.lines().findFirst().orElseThrow(), file(one, whole), marked(one, "! ")))
        .toList();
  }

  private static String file(String one, String whole) {
    String out = marked(one, "- ");
    String in = marked(one, "+ ");
    int at = whole.indexOf(out);
    return out.isEmpty() ? in : whole.substring(0, at) + in + whole.substring(at + out.length());
  }

  private static String marked(String one, String mark) {
    return String.join(
        "\n",
        one.lines()
            .skip(1)
            .filter(line -> line.startsWith(mark))
            .map(line -> line.substring(mark.length()))
            .toList());
  }

  /** The documents of a file, as any reader of YAML sees them. */
  static List<JsonNode> trees(String text) {
    List<JsonNode> trees = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      documents.forEachRemaining(trees::add);
    }
    return trees;
  }
}
