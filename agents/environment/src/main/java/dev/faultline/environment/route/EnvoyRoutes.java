package dev.faultline.environment.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The routes of an Envoy, as its configuration has them now. Pure.
 *
 * @param dumps what {@code /config_dump} tells of them
 */
record EnvoyRoutes(List<JsonNode> dumps) {

  /**
   * The weights of clusters, in each route that splits by this prefix of runtime keys: a map from
   * cluster to weight. A cluster without a name, as one that a header chooses, is called {@code ?}.
   */
  List<Map<String, Long>> weights(String prefix) {
    List<Map<String, Long>> found = new ArrayList<>();
    for (JsonNode dump : dumps) {
      for (JsonNode weighted : dump.findValues("weighted_clusters")) {
        if (weighted.path("runtime_key_prefix").asString("").equals(prefix)) {
          found.add(weights(weighted));
        }
      }
    }
    return found;
  }

  /** For each route that splits by this prefix: the routes that are looked at before it. */
  List<List<JsonNode>> beforeWeights(String prefix) {
    List<List<JsonNode>> found = new ArrayList<>();
    for (JsonNode dump : dumps) {
      for (JsonNode routes : dump.findValues("routes")) {
        List<JsonNode> before = new ArrayList<>();
        for (JsonNode route : routes) {
          JsonNode weighted = route.path("route").path("weighted_clusters");
          if (weighted.path("runtime_key_prefix").asString("").equals(prefix)) {
            found.add(List.copyOf(before));
          }
          before.add(route);
        }
      }
    }
    return found;
  }

  /** What is done with the requests that are split by this prefix, for each such route. */
  List<JsonNode> split(String prefix) {
    return dumps.stream()
        .flatMap(dump -> dump.findValues("route").stream())
        .filter(
            route ->
                route
                    .path("weighted_clusters")
                    .path("runtime_key_prefix")
                    .asString("")
                    .equals(prefix))
        .toList();
  }

  private static Map<String, Long> weights(JsonNode weighted) {
    Map<String, Long> weights = new LinkedHashMap<>();
    for (JsonNode cluster : weighted.path("clusters")) {
      weights.merge(
          cluster.path("name").asString("?"), cluster.path("weight").asLong(0), Long::sum);
    }
    return weights;
  }
}
