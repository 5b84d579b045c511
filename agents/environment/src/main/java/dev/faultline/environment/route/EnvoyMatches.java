package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.EnvoyMatch;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Routes of an Envoy that take requests to the canary while their runtime values say so. Pure.
 *
 * @param match what they match
 * @param canary the cluster to which they go
 */
record EnvoyMatches(EnvoyMatch match, String canary) {

  /** An integer means percents here, whatever the configuration counts in. */
  private static final String ALL = "100";

  /** What is set so that these values go to the canary, and no others: key and value in turn. */
  List<String> setting(List<String> values) {
    List<String> setting = new ArrayList<>();
    for (String value : match.is()) {
      setting.add(match.key(value));
      setting.add(values.contains(value) ? ALL : "");
    }
    return setting;
  }

  /**
   * Refuses values for which there is no route.
   *
   * @throws IllegalArgumentException when there is one
   */
  void require(List<String> values) {
    if (!match.is().containsAll(values)) {
      throw new IllegalArgumentException("no route of Envoy for one of " + values);
    }
  }

  /**
   * The values of which requests go to the canary.
   *
   * @throws RouterTrouble when that is no number
   */
  List<String> inForce(EnvoyLayers layers) throws RouterTrouble {
    List<String> values = new ArrayList<>();
    for (String value : match.is()) {
      if (layers.inForce(match.key(value), 0) > 0) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * Requires a route for each value before each split by weights, which takes nothing by itself.
   *
   * @param prefix that of the weights
   * @throws RouterTrouble when one is missing or another one, or no change of it would count
   */
  void require(EnvoyRoutes routes, EnvoyLayers layers, String prefix) throws RouterTrouble {
    for (String value : match.is()) {
      layers.requireChangeable(match.key(value));
      if (layers.beneath(match.key(value), 0) > 0) {
        throw unfit(value, "a runtime layer beneath the admin layer gives it a value already");
      }
      for (List<JsonNode> before : routes.beforeWeights(prefix)) {
        if (before.stream().noneMatch(route -> takes(route, value))) {
          throw unfit(value, "there is none");
        }
      }
    }
  }

  private RouterTrouble unfit(String value, String why) {
    return new RouterTrouble(
        Kind.NO_LIST,
        "Envoy must have a route with the runtime_key '%s' before its weighted clusters, and %s: write 'match: {prefix: /, headers: [{name: %s, string_match: {exact: %s}}], runtime_fraction: {default_value: {numerator: 0}, runtime_key: %s}}' and 'route: {cluster: %s}'"
            .formatted(match.key(value), why, match.header(), value, match.key(value), canary));
  }

  private boolean takes(JsonNode route, String value) {
    JsonNode fraction = route.path("match").path("runtime_fraction");
    return fraction.path("runtime_key").asString("").equals(match.key(value))
        && fraction.path("default_value").path("numerator").asLong(0) == 0
        && route.path("route").path("cluster").asString("").equals(canary)
        && matches(route.path("match").path("headers"), value);
  }

  private boolean matches(JsonNode headers, String value) {
    for (JsonNode header : headers) {
      if (header.path("name").asString("").equalsIgnoreCase(match.header())
          && header.path("string_match").path("exact").asString("").equals(value)
          && !header.path("invert_match").asBoolean(false)) {
        return true;
      }
    }
    return false;
  }
}
