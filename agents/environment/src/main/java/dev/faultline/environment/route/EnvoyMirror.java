package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A policy of an Envoy that copies a part of the requests, which its runtime says. Pure.
 *
 * @param key of the runtime value, in percents
 * @param canary the cluster that gets the copies
 */
record EnvoyMirror(String key, String canary) {

  private static final double PERCENT = 100;

  /** What is set so that copies of this part go to the canary: key and value. */
  List<String> setting(double copies) {
    return List.of(key, copies == 0 ? "" : Long.toString(Math.round(copies * PERCENT)));
  }

  /**
   * The part that is copied, from 0 to 1.
   *
   * @throws RouterTrouble when that is no number
   */
  double inForce(EnvoyLayers layers) throws RouterTrouble {
    return Math.min(1, layers.inForce(key, 0) / PERCENT);
  }

  /**
   * Requires the policy at each split by weights, which copies nothing by itself.
   *
   * @param prefix that of the weights
   * @throws RouterTrouble when one is missing or another one, or no change of it would count
   */
  void require(EnvoyRoutes routes, EnvoyLayers layers, String prefix) throws RouterTrouble {
    layers.requireChangeable(key);
    if (layers.beneath(key, 0) > 0) {
      throw unfit("a runtime layer beneath the admin layer gives it a value already");
    }
    for (JsonNode route : routes.split(prefix)) {
      if (!copies(route.path("request_mirror_policies"))) {
        throw unfit("there is none");
      }
    }
  }

  private boolean copies(JsonNode policies) {
    for (JsonNode policy : policies) {
      JsonNode fraction = policy.path("runtime_fraction");
      if (fraction.path("runtime_key").asString("").equals(key)
          && fraction.path("default_value").path("numerator").asLong(0) == 0
          && policy.path("cluster").asString("").equals(canary)) {
        return true;
      }
    }
    return false;
  }

  private RouterTrouble unfit(String why) {
    return new RouterTrouble(
        Kind.NO_LIST,
        "Envoy must have a mirror policy with the runtime_key '%s' beside its weighted clusters, and %s: write 'request_mirror_policies: [{cluster: %s, runtime_fraction: {default_value: {numerator: 0}, runtime_key: %s}}]'"
            .formatted(key, why, canary, key));
  }
}
