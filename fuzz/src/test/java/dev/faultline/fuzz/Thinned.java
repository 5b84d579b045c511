package dev.faultline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON, and the same without each of its parts in turn: bytes that change by chance rarely do that.
 */
public final class Thinned {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Thinned() {}

  /** The text itself first. */
  public static List<byte[]> of(String json) {
    List<byte[]> all = new ArrayList<>(List.of(json.getBytes(UTF_8)));
    JsonNode root = JSON.readTree(json);
    thin(root, root, all);
    return all;
  }

  private static void thin(JsonNode part, JsonNode root, List<byte[]> all) {
    switch (part) {
      case ObjectNode object -> {
        for (String key : List.copyOf(object.propertyNames())) {
          JsonNode child = object.remove(key);
          all.add(JSON.writeValueAsBytes(root));
          object.set(key, child);
          thin(child, root, all);
        }
      }
      case ArrayNode array -> array.forEach(child -> thin(child, root, all));
      default -> {}
    }
  }
}
