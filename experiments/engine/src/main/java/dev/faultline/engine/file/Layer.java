package dev.faultline.engine.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One document of a file, as written.
 *
 * @param number its number in the file, counted from 0
 */
record Layer(RawFile file, int number) {

  /** The key by which an environment takes over another one. */
  static final String EXTENDS = "extends";

  JsonNode tree() {
    return file.trees().get(number);
  }

  boolean isEnvironment() {
    return tree().path("kind").isString() && tree().get("kind").stringValue().equals("Environment");
  }

  Optional<String> name() {
    JsonNode name = tree().path("metadata").path("name");
    return name.isString() ? Optional.of(name.stringValue()) : Optional.empty();
  }

  /** The environment that this one takes over, where it does. */
  Optional<JsonNode> base() {
    return isEnvironment() && tree().path("spec").has(EXTENDS)
        ? Optional.of(tree().get("spec").get(EXTENDS))
        : Optional.empty();
  }

  /** What it says itself. */
  ObjectNode ownSpec() {
    ObjectNode spec = ((ObjectNode) tree().get("spec")).deepCopy();
    spec.remove(EXTENDS);
    return spec;
  }

  /** How far down a path it says something. */
  long depth(List<String> path) {
    JsonNode at = tree();
    long depth = 0;
    for (String step : path) {
      at =
          at.isArray() && step.matches("\\d{1,9}")
              ? at.path(Integer.parseInt(step))
              : at.path(step);
      if (at.isMissingNode()) {
        return depth;
      }
      depth++;
    }
    return depth;
  }

  /** Whether the other is the same document, by whichever name its file is called. */
  boolean is(Layer other) {
    return number == other.number
        && Stream.of(this, other)
                .map(layer -> layer.file.source().name())
                .map(Layer::place)
                .distinct()
                .count()
            == 1;
  }

  private static Path place(String file) {
    return Path.of(file).toAbsolutePath().normalize();
  }

  /** A refusal of a part of it. */
  InvalidFile refuse(Refusal refusal) {
    return Placed.refuse(refusal, number, file.map(), file.source());
  }
}
