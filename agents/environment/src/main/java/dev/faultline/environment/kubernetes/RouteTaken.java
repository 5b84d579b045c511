package dev.faultline.environment.kubernetes;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether those who carry the traffic of a route have taken what it says, by their own account: the
 * conditions of each parent of an HTTPRoute, and the observed generation of a VirtualService. Where
 * they report nothing, nothing is missing.
 *
 * @param route as the API server gave it
 */
record RouteTaken(JsonNode route) {

  /**
   * What speaks against it, in words; empty where nothing does.
   *
   * @param both whether backends that do not exist count
   */
  Optional<String> missing(boolean both) {
    JsonNode status = route.path("status");
    if (status.has("observedGeneration") && isOld(status)) {
      return Optional.of("the control plane has not yet taken note of the newest weights");
    }
    for (JsonNode parent : status.path("parents")) {
      Optional<String> missing = missing(parent, "Accepted");
      if (missing.isEmpty() && both) {
        missing = missing(parent, "ResolvedRefs");
      }
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private boolean isOld(JsonNode observed) {
    return observed.path("observedGeneration").asLong(0)
        < route.path("metadata").path("generation").asLong(0);
  }

  private Optional<String> missing(JsonNode parent, String type) {
    String who =
        "%s of %s"
            .formatted(
                parent.path("controllerName").asString("a controller"),
                parent.path("parentRef").path("name").asString("a gateway"));
    for (JsonNode condition : parent.path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        if (isOld(condition)) {
          return Optional.of("%s has not yet taken note of the newest weights".formatted(who));
        }
        return condition.path("status").asString("").equals("True")
            ? Optional.empty()
            : Optional.of(
                "%s says %s of %s: %s"
                    .formatted(
                        who,
                        condition.path("status").asString(""),
                        type,
                        condition.path("message").asString("")));
      }
    }
    return Optional.of("%s does not say %s yet".formatted(who, type));
  }
}
