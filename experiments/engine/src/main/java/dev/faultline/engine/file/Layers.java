package dev.faultline.engine.file;

import dev.faultline.model.environment.EnvironmentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document with those that it takes over, one after the other.
 *
 * @param all itself first; the others only where it is an environment that extends one
 */
record Layers(List<Layer> all) {

  Layers {
    all = List.copyOf(all);
  }

  /**
   * Follows {@code extends} to its end.
   *
   * @throws InvalidFile when an environment is not found, or takes over itself
   */
  static Layers of(Layer document, Loader loader) throws InvalidFile {
    List<Layer> all = new ArrayList<>(List.of(document));
    for (Optional<JsonNode> wanted = document.base();
        wanted.isPresent();
        wanted = all.getLast().base()) {
      Layer next = find(all.getLast(), wanted.get(), loader);
      if (all.stream().anyMatch(next::is)) {
        throw refuse(all.getLast(), circle(all, next));
      }
      all.add(next);
    }
    return new Layers(all);
  }

  private static Layer find(Layer from, JsonNode wanted, Loader loader) throws InvalidFile {
    if (!wanted.isString()) {
      throw refuse(from, "the name of an environment is expected here");
    }
    String name = wanted.stringValue();
    Optional<Layer> here = from.file().environment(name);
    if (here.isPresent()) {
      return here.get();
    }
    Optional<Path> place =
        name.matches("[A-Za-z0-9._-]+") ? from.file().fileOf(name) : Optional.empty();
    if (place.isEmpty()) {
      throw refuse(
          from,
          "environment '%s' is not found. Looked for it in this file, and beside it in %s and %s"
              .formatted(name, "environments/" + name + ".yaml", name + ".yaml"));
    }
    return loader
        .raw(place.get(), place.get().toString())
        .environment(name)
        .orElseThrow(
            () -> refuse(from, "no environment '%s' is in %s".formatted(name, place.get())));
  }

  private static String circle(List<Layer> all, Layer again) {
    List<String> names = new ArrayList<>();
    for (Layer layer : all) {
      if (!names.isEmpty() || layer.is(again)) {
        names.add(layer.name().orElse("?"));
      }
    }
    return names.size() == 1
        ? "'%s' extends itself; remove this 'extends'".formatted(names.getFirst())
        : "these extend each other: %s, %s; remove one 'extends'"
            .formatted(String.join(", ", names), names.getFirst());
  }

  private static InvalidFile refuse(Layer layer, String problem) {
    return layer.refuse(new Refusal(List.of("spec", Layer.EXTENDS), Refusal.Spot.VALUE, problem));
  }

  /** The document with everything that it takes over and does not say itself. */
  JsonNode merged() {
    if (all.size() == 1) {
      return all.getFirst().tree();
    }
    JsonNode spec = all.getLast().ownSpec();
    for (Layer layer : all.reversed().subList(1, all.size())) {
      spec = Overlay.merge(EnvironmentSpec.class, spec, layer.ownSpec());
    }
    ObjectNode merged = ((ObjectNode) all.getFirst().tree()).deepCopy();
    merged.set("spec", spec);
    return merged;
  }

  /** The folder that its paths start from: that of what was written first. */
  Path home() {
    return all.getLast().file().folder();
  }

  /** A refusal where the culprit was written. */
  InvalidFile refuse(Refusal refusal) {
    Layer culprit =
        all.stream()
            .max(
                Comparator.<Layer>comparingLong(layer -> layer.depth(refusal.path()))
                    .thenComparingInt(layer -> -all.indexOf(layer)))
            .orElseThrow();
    return culprit.refuse(refusal);
  }
}
