package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.route.Replicas;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is in the way of a split by numbers of pods before anything is shifted. */
final class SplitNeeds {

  private final Api api;
  private final String run;

  SplitNeeds(Api api, String run) {
    this.api = api;
    this.run = run;
  }

  /** Why traffic cannot be shifted between these, in words; empty where it can. */
  Optional<String> unfit(Replicas route, SplitSide stable, SplitSide canary) throws ApiTrouble {
    for (SplitSide side : List.of(stable, canary)) {
      Optional<String> taken = UndoNote.taken(side.object(), run);
      if (taken.isPresent()) {
        return taken.map(why -> "deployment %s: %s".formatted(side.name(), why));
      }
    }
    if (stable.wanted() != route.pods()) {
      return Optional.of(
          "%s is to have %d pods, and 'pods' says %d; let both say the same"
              .formatted(stable.name(), stable.wanted(), route.pods()));
    }
    if (!stable.hasReady(route.pods())) {
      return Optional.of(
          "%d of %d pods of %s are ready; wait for the rest"
              .formatted(stable.ready(), route.pods(), stable.name()));
    }
    Optional<String> scaled = autoscaler(List.of(route.stable(), route.canary()));
    return scaled.isPresent() ? scaled : unserved(stable, canary);
  }

  /** Which autoscaler sets the pods of one of these as well, in words; empty where none does. */
  Optional<String> autoscaler(List<String> deployments) throws ApiTrouble {
    String path =
        "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers".formatted(api.namespace());
    for (JsonNode scaler : api.list(path, "")) {
      JsonNode of = scaler.path("spec").path("scaleTargetRef");
      String name = of.path("name").asString("");
      if (of.path("kind").asString("").equals("Deployment") && deployments.contains(name)) {
        return Optional.of(
            "the autoscaler %s sets the number of pods of %s, too, and would undo each step; take it away for the rollout"
                .formatted(scaler.path("metadata").path("name").asString(""), name));
      }
    }
    return Optional.empty();
  }

  private Optional<String> unserved(SplitSide stable, SplitSide canary) throws ApiTrouble {
    for (JsonNode service : api.list(ApiPaths.of(ObjectKind.SERVICE, api.namespace()), "")) {
      JsonNode selector = service.path("spec").path("selector");
      if (!selector.isEmpty() && chooses(selector, stable) && chooses(selector, canary)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "no service chooses pods of both %s and %s, so traffic would not follow; let one choose a label that both have"
            .formatted(stable.name(), canary.name()));
  }

  private static boolean chooses(JsonNode selector, SplitSide side) {
    JsonNode labels = side.object().path("spec").path("template").path("metadata").path("labels");
    return selector.properties().stream()
        .allMatch(
            wanted ->
                labels.path(wanted.getKey()).asString("").equals(wanted.getValue().asString("")));
  }
}
