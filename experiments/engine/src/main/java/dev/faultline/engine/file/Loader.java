package dev.faultline.engine.file;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads files of documents strictly. Thread-safe. */
public final class Loader {

  private final YAMLMapper yaml = Codec.configure(YAMLMapper.builder()).build();

  /**
   * Reads every document of a file.
   *
   * @param name the file as the user named it, for messages
   * @throws InvalidFile when one of them cannot be taken at its word
   */
  public List<Document> load(Path file, String name) throws InvalidFile {
    return parse(SourceText.read(file, name));
  }

  private List<Document> parse(SourceText source) throws InvalidFile {
    SourceMap map = SourceMap.of(source);
    List<Document> documents = new ArrayList<>();
    int number = 0;
    for (JsonNode tree : trees(source)) {
      if (!tree.isMissingNode() && !tree.isNull()) {
        documents.add(bind(tree, number, map, source));
      }
      number++;
    }
    if (documents.isEmpty()) {
      throw new InvalidFile(source.name(), "the file holds no document; see docs/file-format.md");
    }
    return documents;
  }

  private List<JsonNode> trees(SourceText source) throws InvalidFile {
    try (MappingIterator<JsonNode> all = yaml.readerFor(JsonNode.class).readValues(source.text())) {
      return all.readAll();
    } catch (JacksonException broken) {
      throw source.refuse(
          Math.max(0, broken.getLocation().getLineNr() - 1),
          Math.max(0, broken.getLocation().getColumnNr() - 1),
          "this cannot be read: " + broken.getOriginalMessage());
    }
  }

  private Document bind(JsonNode tree, int number, SourceMap map, SourceText source)
      throws InvalidFile {
    Class<?> type = typeOf(tree, number, map, source);
    try {
      return (Document) yaml.readerFor(type).readValue(tree);
    } catch (JacksonException complaint) {
      Refusal refusal = Refusal.of(complaint);
      throw refuse(number, refusal.path(), refusal.atKey(), refusal.problem(), map, source);
    }
  }

  private static Class<?> typeOf(JsonNode tree, int number, SourceMap map, SourceText source)
      throws InvalidFile {
    if (!tree.isObject()) {
      throw refuse(
          number,
          List.of(),
          false,
          "a mapping with apiVersion, kind, metadata and spec is expected here",
          map,
          source);
    }
    String version = text(tree.get("apiVersion"));
    if (!version.equals(Document.API_VERSION)) {
      throw refuse(
          number,
          List.of("apiVersion"),
          false,
          version.isEmpty()
              ? "'apiVersion: %s' is missing".formatted(Document.API_VERSION)
              : "apiVersion '%s' is not known; this Faultline reads %s"
                  .formatted(version, Document.API_VERSION),
          map,
          source);
    }
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    Words.of(Document.class).values().forEach(kind -> kinds.put(kind.getSimpleName(), kind));
    String kind = text(tree.get("kind"));
    Class<?> type = kinds.get(kind);
    if (type == null) {
      throw refuse(
          number, List.of("kind"), false, Words.unknown("kind", kind, kinds.keySet()), map, source);
    }
    return type;
  }

  private static String text(@Nullable JsonNode node) {
    return node == null || !node.isString() ? "" : node.stringValue();
  }

  private static InvalidFile refuse(
      int number,
      List<String> path,
      boolean atKey,
      String problem,
      SourceMap map,
      SourceText source) {
    SourceMap.Position at = map.locate(number, path, atKey);
    return source.refuse(
        at.line(),
        at.column(),
        path.isEmpty() ? problem : "%s (%s)".formatted(problem, String.join(".", path)));
  }
}
