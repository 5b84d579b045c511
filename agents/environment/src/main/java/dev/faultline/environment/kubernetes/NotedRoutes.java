package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The routes whose weights a run has noted.
 *
 * @param namespace where they are
 * @param run whose notes they are
 */
record NotedRoutes(Api api, String namespace, String run) {

  /** Those of the namespace of the environment. */
  NotedRoutes(Api api, String run) {
    this(api, api.namespace(), run);
  }

  /** Those of a kind that carry the note of a fuse. */
  List<Marks.Found> of(ObjectKind kind, String fuse) throws ApiTrouble {
    String mark = SplitSide.MARK + fuse;
    List<Marks.Found> found = new ArrayList<>();
    for (JsonNode object : new Marks(api).carrying(kind, Optional.of(namespace))) {
      if (UndoNote.of(object).find(run, mark).isPresent()) {
        found.add(new Marks.Found(Marks.ref(kind, object.path("metadata")), run, mark));
      }
    }
    return found;
  }

  /** Those of any kind; who may not list routes of a kind has split none of them. */
  List<Marks.Found> of(String fuse) throws ApiTrouble {
    List<Marks.Found> found = new ArrayList<>();
    for (ObjectKind kind : WeightSplit.KINDS) {
      try {
        found.addAll(of(kind, fuse));
      } catch (ApiTrouble trouble) {
        if (!trouble.isForbidden()) {
          throw trouble;
        }
      }
    }
    return found;
  }

  /** Which weights a note is about; empty where it is about none. */
  Optional<ObjectField.Weights> field(JsonNode object, String mark) throws ApiTrouble {
    return UndoNote.of(object).find(run, mark).stream()
        .flatMap(entry -> entry.changes().stream())
        .map(FieldChange::field)
        .filter(ObjectField.Weights.class::isInstance)
        .map(ObjectField.Weights.class::cast)
        .findFirst();
  }

  /** Whether one of those that carry the note of a fuse sends traffic to the canary. */
  boolean giveCanary(String fuse) throws ApiTrouble {
    for (Marks.Found found : of(fuse)) {
      Reply seen = api.get(ApiPaths.of(found.object()));
      Optional<ObjectField.Weights> field =
          seen.ok() ? field(seen.json(), found.mark()) : Optional.empty();
      if (field.isPresent()
          && giveCanary(WeightedRoute.of(found.object().kind(), seen.json(), field.get()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a route sends traffic to the canary, by its weights or by what it matches. */
  boolean giveCanary(WeightedRoute seen) throws ApiTrouble {
    return seen.split().stream().anyMatch(rule -> rule.canary() > 0)
        || seen.entry(run)
            .flatMap(RouteMatch::noted)
            .filter(one -> RouteMatch.isOn(seen, one))
            .isPresent();
  }
}
