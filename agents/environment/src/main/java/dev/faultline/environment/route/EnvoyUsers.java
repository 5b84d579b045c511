package dev.faultline.environment.route;

import dev.faultline.environment.route.RouterTrouble.Kind;
import dev.faultline.model.route.Sticky;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The users whom an Envoy knows again, by a hash that its configuration makes. Pure.
 *
 * @param sticky by what they are known; empty where requests are to be split one by one
 */
record EnvoyUsers(Optional<Sticky> sticky) {

  /**
   * Requires that weights split what they are to split: where they split users and nobody knows,
   * the share that is seen would be held for that of requests.
   *
   * @param prefix that of the weights
   * @throws RouterTrouble when they split something else
   */
  void require(EnvoyRoutes routes, String prefix) throws RouterTrouble {
    for (JsonNode route : routes.split(prefix)) {
      boolean hashed = route.path("weighted_clusters").path("use_hash_policy").asBoolean(false);
      if (sticky.isEmpty() && hashed) {
        throw new RouterTrouble(
            Kind.NOT_STICKY,
            "the weighted clusters '%s' of Envoy split users, and not requests (use_hash_policy): say by what they are known, as sticky: {header: x-user-id}"
                .formatted(prefix));
      }
      if (sticky.isPresent() && !(hashed && knows(route.path("hash_policy"), sticky.get()))) {
        throw new RouterTrouble(
            Kind.NOT_STICKY,
            "the weighted clusters '%s' of Envoy do not choose by a hash of %s alone: write 'use_hash_policy: true' into them, and '%s' beside them"
                .formatted(prefix, sticky.get().words(), written(sticky.get())));
      }
    }
  }

  /** Another policy beside it would make another user of whoever changes in that. */
  private static boolean knows(JsonNode policies, Sticky by) {
    JsonNode only = policies.path(0);
    return policies.size() == 1
        && by.header()
            .map(only.path("header").path("header_name").asString("")::equalsIgnoreCase)
            .orElseGet(() -> by.cookie().equals(only.path("cookie").path("name").asStringOpt()));
  }

  private static String written(Sticky by) {
    return by.header()
        .map("hash_policy: [{header: {header_name: %s}}]"::formatted)
        .orElseGet(() -> "hash_policy: [{cookie: {name: %s}}]".formatted(by.cookie().orElse("")));
  }
}
