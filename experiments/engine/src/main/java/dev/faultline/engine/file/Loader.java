package dev.faultline.engine.file;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads files of documents strictly. Thread-safe. */
public final class Loader {

  private static final List<String> ENVELOPE = List.of("apiVersion", "kind", "metadata", "spec");

  private final YAMLMapper yaml =
      Codec.configure(YAMLMapper.builder())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /**
   * Reads every document of a file.
   *
   * @param name the file as the user named it, for messages
   * @throws InvalidFile when one of them cannot be taken at its word
   */
  public List<Document> load(Path file, String name) throws InvalidFile {
    return read(file, name).stream().map(Placed::document).toList();
  }

  List<Placed> read(Path file, String name) throws InvalidFile {
    RawFile raw = raw(file, name);
    List<Placed> documents = new ArrayList<>();
    for (int number = 0; number < raw.trees().size(); number++) {
      JsonNode tree = raw.trees().get(number);
      if (!tree.isMissingNode() && !tree.isNull()) {
        documents.add(place(new Layer(raw, number)));
      }
    }
    if (documents.isEmpty()) {
      throw new InvalidFile(
          name,
          "the file holds no document; an experiment begins with 'apiVersion: %s'"
              .formatted(Document.API_VERSION));
    }
    refuseTwins(documents);
    return documents;
  }

  /** The documents of a file, before they are understood. */
  RawFile raw(Path file, String name) throws InvalidFile {
    SourceText source = SourceText.read(file, name);
    return new RawFile(source, SourceMap.of(source), trees(source));
  }

  // Not readValues: that takes a list for several documents.
  List<JsonNode> trees(SourceText source) throws InvalidFile {
    List<JsonNode> trees = new ArrayList<>();
    try (JsonParser parser = yaml.createParser(source.reader())) {
      while (parser.nextToken() != null) {
        trees.add(parser.readValueAsTree());
      }
      return trees;
    } catch (JacksonException broken) {
      throw new InvalidFile(
          source.name(), "this cannot be read; look for what is overlong, or odd at its end");
    }
  }

  private Placed place(Layer layer) throws InvalidFile {
    Layers layers = Layers.of(layer, this);
    for (Layer one : layers.all()) {
      Optional<Refusal> envelope = envelope(one.tree());
      if (envelope.isPresent()) {
        throw one.refuse(envelope.get());
      }
      if (layers.all().size() > 1 && !one.tree().path("spec").isObject()) {
        throw one.refuse(
            new Refusal(List.of("spec"), Refusal.Spot.VALUE, "a mapping is expected here"));
      }
    }
    return new Placed(
        bind(layers), layer.number(), layer.file().map(), layer.file().source(), layers.home());
  }

  private Document bind(Layers layers) throws InvalidFile {
    JsonNode tree = layers.merged();
    Class<?> type = kinds().getOrDefault(tree.get("kind").asString(), Document.class);
    Optional<Refusal> misfit = inlineExtension(tree).or(() -> Shape.misfit(type, tree));
    if (misfit.isPresent()) {
      throw layers.refuse(misfit.get());
    }
    try {
      return (Document) yaml.readerFor(type).readValue(tree);
    } catch (JacksonException complaint) {
      throw layers.refuse(Refusal.of(complaint));
    }
  }

  private static Optional<Refusal> inlineExtension(JsonNode tree) {
    List<String> path = List.of("spec", "environment", Layer.EXTENDS);
    return tree.path("spec").path("environment").has(Layer.EXTENDS)
        ? Optional.of(
            new Refusal(
                path,
                Refusal.Spot.KEY,
                "'extends' stands in a document of kind Environment; write one, also into this"
                    + " file, and name it here"))
        : Optional.empty();
  }

  private static Map<String, Class<?>> kinds() {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    Words.of(Document.class).values().forEach(kind -> kinds.put(kind.getSimpleName(), kind));
    return kinds;
  }

  /** What is wrong with version or kind, without which nothing else can be judged. */
  private static Optional<Refusal> envelope(JsonNode tree) {
    if (!tree.isObject()) {
      return at(List.of(), "a mapping with apiVersion, kind, metadata and spec is expected here");
    }
    if (!tree.has("apiVersion") || !tree.has("kind")) {
      for (String key : tree.propertyNames()) {
        if (!ENVELOPE.contains(key)) {
          return Optional.of(
              new Refusal(List.of(key), Refusal.Spot.KEY, Words.unknown("key", key, ENVELOPE)));
        }
      }
    }
    if (!tree.has("apiVersion")) {
      return at(List.of(), "'apiVersion: %s' is missing".formatted(Document.API_VERSION));
    }
    String version = tree.get("apiVersion").isContainer() ? "" : tree.get("apiVersion").asString();
    if (!version.equals(Document.API_VERSION)) {
      return at(
          List.of("apiVersion"),
          "apiVersion '%s' is not known; this Faultline reads %s"
              .formatted(version, Document.API_VERSION));
    }
    String known = String.join(" or ", kinds().keySet());
    if (!tree.has("kind")) {
      return at(List.of(), "'kind' is missing: " + known);
    }
    if (!tree.get("kind").isString()) {
      return at(List.of("kind"), "a kind is expected here: " + known);
    }
    String kind = tree.get("kind").stringValue();
    return kinds().containsKey(kind)
        ? Optional.empty()
        : at(List.of("kind"), Words.unknown("kind", kind, kinds().keySet()));
  }

  private static Optional<Refusal> at(List<String> path, String problem) {
    return Optional.of(new Refusal(path, Refusal.Spot.VALUE, problem));
  }

  private static void refuseTwins(List<Placed> documents) throws InvalidFile {
    Map<String, Placed> seen = new HashMap<>();
    for (Placed placed : documents) {
      String kind = placed.document().getClass().getSimpleName();
      if (seen.put(kind + " " + placed.name(), placed) != null) {
        throw placed.refuse(
            List.of("metadata", "name"),
            "another %s of this file is called '%s'; give one of them another name"
                .formatted(kind, placed.name()));
      }
    }
  }
}
