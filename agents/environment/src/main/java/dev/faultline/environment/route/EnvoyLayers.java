package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The runtime values of an Envoy at a moment: layers, of which a later one counts more, and one of
 * them that can be changed. Pure.
 *
 * @param runtime what {@code /runtime} tells
 * @param admin which of the layers can be changed, from 0
 */
record EnvoyLayers(JsonNode runtime, int admin) {

  private static final long MOST = 4_294_967_295L;

  /**
   * Finds the layer that can be changed.
   *
   * @param bootstrap what the configuration says of the layers
   * @throws RouterTrouble when there is none
   */
  static EnvoyLayers of(JsonNode bootstrap, JsonNode runtime) throws RouterTrouble {
    String name =
        bootstrap.findValues("layered_runtime").stream()
            .flatMap(layered -> stream(layered.path("layers")))
            .filter(layer -> layer.has("admin_layer"))
            .map(layer -> layer.path("name").asString(""))
            .findFirst()
            .orElseThrow(EnvoyLayers::noAdminLayer);
    JsonNode layers = runtime.path("layers");
    int at =
        IntStream.range(0, layers.size())
            .filter(i -> layers.path(i).asString("").equals(name))
            .findFirst()
            .orElseThrow(EnvoyLayers::noAdminLayer);
    return new EnvoyLayers(runtime, at);
  }

  static RouterTrouble noAdminLayer() {
    return new RouterTrouble(
        Kind.NOT_ADMIN,
        "Envoy has no runtime layer that can be changed: give its configuration 'layered_runtime: {layers: [{name: admin, admin_layer: {}}]}'");
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The value of a key in a layer; nothing where it has none. */
  private Optional<String> value(String key, int layer) {
    return Optional.of(
            runtime.path("entries").path(key).path("layer_values").path(layer).asString(""))
        .filter(value -> !value.isEmpty());
  }

  /** Whether the layer that can be changed has a value for a key. */
  boolean changed(String key) {
    return value(key, admin).isPresent();
  }

  /**
   * The number in force.
   *
   * @param configured the one of the configuration, where no layer has another
   * @throws RouterTrouble when the value is no number
   */
  long inForce(String key, long configured) throws RouterTrouble {
    return number(key, runtime.path("layers").size() - 1, configured);
  }

  /** The number that were in force if the layer that can be changed had none. */
  long beneath(String key, long configured) throws RouterTrouble {
    return number(key, admin - 1, configured);
  }

  private long number(String key, int from, long configured) throws RouterTrouble {
    for (int layer = from; layer >= 0; layer--) {
      Optional<String> value = value(key, layer);
      if (value.isPresent()) {
        return number(key, value.get());
      }
    }
    return configured;
  }

  private static long number(String key, String value) throws RouterTrouble {
    if (!value.matches("\\d{1,10}") || Long.parseLong(value) > MOST) {
      throw new RouterTrouble(
          Kind.CHANGED,
          "the runtime value %s of Envoy is '%s', which is no weight"
              .formatted(key, value.replaceAll("[^ -~]", "?")));
    }
    return Long.parseLong(value);
  }

  /**
   * Refuses a key that a later layer has too: no change of it would count.
   *
   * @throws RouterTrouble when one has
   */
  void requireChangeable(String key) throws RouterTrouble {
    JsonNode layers = runtime.path("layers");
    for (int layer = admin + 1; layer < layers.size(); layer++) {
      Optional<String> value = value(key, layer);
      if (value.isPresent()) {
        throw new RouterTrouble(
            Kind.NOT_TAKEN,
            "the runtime layer '%s' of Envoy has %s: %s, and counts more than the admin layer: let the admin layer be the last one"
                .formatted(layers.path(layer).asString(""), key, value.get()));
      }
    }
  }
}
