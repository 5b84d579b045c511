package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the objects that carry notes of an undo, by their label: one cheap list for each kind. */
final class Marks {

  /** The kinds that are changed, traffic first: pods that it goes to are changed after it. */
  static final List<ObjectKind> KINDS =
      List.of(
          ObjectKind.HTTP_ROUTE,
          ObjectKind.VIRTUAL_SERVICE,
          ObjectKind.DEPLOYMENT,
          ObjectKind.STATEFUL_SET,
          ObjectKind.DAEMON_SET,
          ObjectKind.CONFIG_MAP,
          ObjectKind.SERVICE,
          ObjectKind.NODE);

  private final Api api;

  Marks(Api api) {
    this.api = api;
  }

  /**
   * A change that is noted at an object.
   *
   * @param run whose it is
   * @param mark names it within the run
   */
  record Found(ObjectRef object, String run, String mark) {

    /** A name by which it is found again: {@code KIND:NAMESPACE:NAME:UID:MARK}. */
    String name() {
      return String.join(
          ":", object.kind().word(), object.namespace(), object.name(), object.uid(), mark);
    }
  }

  /** Every change of any run, as far as one may look; kinds that one may not list are left out. */
  List<Found> all() throws ApiTrouble {
    List<Found> found = new ArrayList<>();
    for (ObjectKind kind : KINDS) {
      for (JsonNode object : carrying(kind)) {
        ObjectRef ref = ref(kind, object.path("metadata"));
        UndoNote.of(object)
            .entries()
            .forEach(entry -> found.add(new Found(ref, entry.run(), entry.mark())));
      }
    }
    return found;
  }

  private List<JsonNode> carrying(ObjectKind kind) throws ApiTrouble {
    try {
      return carrying(kind, Optional.of(api.namespace()));
    } catch (ApiTrouble trouble) {
      if (trouble.isForbidden()) {
        return List.of();
      }
      throw trouble;
    }
  }

  /**
   * The objects of a kind that carry the label; none where the cluster knows no such kind.
   *
   * @param namespace where; in all of them when empty
   */
  List<JsonNode> carrying(ObjectKind kind, Optional<String> namespace) throws ApiTrouble {
    String path =
        namespace.map(name -> ApiPaths.of(kind, name)).orElseGet(() -> ApiPaths.everywhere(kind));
    try {
      return api.list(path, "labelSelector=" + Api.encoded(UndoNote.LABEL));
    } catch (ApiTrouble trouble) {
      if (kind.optional() && trouble.isMissing()) {
        return List.of();
      }
      throw trouble;
    }
  }

  /** Which object it is that has these metadata. */
  static ObjectRef ref(ObjectKind kind, JsonNode meta) {
    return new ObjectRef(
        kind,
        meta.path("namespace").asString(""),
        meta.path("name").asString(""),
        meta.path("uid").asString(""));
  }
}
