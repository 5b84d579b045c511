package dev.faultline.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.faultline.model.codec.FilledIn;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Document;
import dev.faultline.model.document.EnvironmentRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The pages about the file format show whole files that load, and leave no key out. */
final class DocumentationTest {

  private static final Path DOCS = Path.of("../../docs");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachFileShownLoads() {
    List<String> shown =
        List.of("file-format.md", "concepts.md", "lab.md", "kubernetes.md").stream()
            .flatMap(DocumentationTest::shown)
            .toList();
    assertThat(shown).hasSizeGreaterThan(4);
    return shown.stream()
        .map(
            text ->
                dynamicTest(text.lines().skip(1).limit(2).toList().toString(), () -> load(text)));
  }

  /** The blocks of the page about gates begin with their name, and some refer to others. */
  @Test
  void eachExampleOfAGateLoadsWithTheFilesThatItNames() throws Exception {
    Bench bench = new Bench(folder);
    List<String> shown = shown("gates.md").toList();
    shown.forEach(text -> bench.with(nameOf(text), text));

    List<String> experiments =
        shown.stream().filter(text -> text.contains("kind: Experiment")).toList();
    assertThat(experiments).hasSizeGreaterThan(2);
    for (String text : experiments) {
      assertThat(bench.load(nameOf(text))).as(nameOf(text)).hasSize(1);
    }
  }

  private static String nameOf(String text) {
    return text.lines().findFirst().orElseThrow().substring("# ".length());
  }

  private static Stream<String> shown(String page) {
    try {
      return YAML.matcher(Files.readString(DOCS.resolve(page)))
          .results()
          .map(block -> block.group(1));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private void load(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("shown.yaml"), text);

    assertThat(new Loader().load(file, "shown.yaml")).isNotEmpty();
  }

  @Test
  void everyKeyAndWordOfTheLanguageIsDescribed() throws IOException {
    String page = Files.readString(DOCS.resolve("file-format.md"));
    Set<Class<?>> seen = new LinkedHashSet<>();
    Words.of(Document.class).values().forEach(kind -> collect(kind, seen));

    assertThat(seen).hasSizeGreaterThan(15);
    assertThat(seen)
        .allSatisfy(
            record ->
                assertThat(Words.keysOf(record))
                    .as(record.getSimpleName())
                    .allSatisfy(key -> assertThat(page).containsPattern("`" + key + "\\b")));
  }

  private static void collect(Type type, Set<Class<?>> seen) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(inner -> collect(inner, seen));
    } else if (type instanceof Class<?> raw && raw.isSealed()) {
      Words.of(raw).values().forEach(word -> collect(word, seen));
    } else if (type instanceof Class<?> raw
        && raw.isRecord()
        && raw.getPackageName().startsWith("dev.faultline.model")
        && !seen.contains(raw)) {
      if (raw != EnvironmentRef.class && !raw.getSimpleName().startsWith("Port")) {
        seen.add(raw);
      }
      for (RecordComponent component : raw.getRecordComponents()) {
        if (!component.isAnnotationPresent(FilledIn.class)) {
          collect(component.getGenericType(), seen);
        }
      }
    }
  }
}
