package dev.faultline.environment.kubernetes;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.cluster.FieldChange;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectKind;
import dev.faultline.model.cluster.ObjectRef;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.route.Match;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.RouteReading;
import dev.faultline.node.cluster.ObjectUndo;
import dev.faultline.node.cluster.UnreadableNote;
import dev.faultline.node.cluster.WeightedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A route that splits traffic by weights, at one look.
 *
 * @param kind what kind of object it is
 * @param object as the API server gave it
 * @param notes what it carries of any run
 * @param field the weights in it that are meant
 */
record WeightedRoute(ObjectKind kind, JsonNode object, UndoNote notes, ObjectField.Weights field) {

  /** The object of a name; whoever is not there cannot be split. */
  static WeightedRoute read(Api api, ObjectKind kind, String name, ObjectField.Weights field)
      throws ApiTrouble {
    Reply seen = api.get(ApiPaths.of(kind, api.namespace(), name));
    if (seen.isMissing()) {
      throw new ApiTrouble(
          BlindReason.REFUSED,
          "there is no %s %s in %s, or the cluster knows no such objects (%s)"
              .formatted(kind.title(), name, api.namespace(), seen.words()));
    }
    if (!seen.ok()) {
      throw seen.trouble();
    }
    return of(kind, seen.json(), field);
  }

  static WeightedRoute of(ObjectKind kind, JsonNode object, ObjectField.Weights field)
      throws ApiTrouble {
    if (object.path("metadata").path("uid").asString("").isEmpty()) {
      throw new ApiTrouble(BlindReason.MALFORMED, "the answer is no object");
    }
    return new WeightedRoute(kind, object, UndoNote.of(object), field);
  }

  ObjectRef ref() {
    return Marks.ref(kind, object.path("metadata"));
  }

  String words() {
    return "%s %s".formatted(kind.title(), ref().name());
  }

  private WeightedRules rules() {
    return rules(field);
  }

  /** Where the same weights are for the code that writes them. */
  static WeightedRules rules(ObjectField.Weights field) {
    return new WeightedRules(
        switch (field.of()) {
          case BACKEND_REFS -> WeightedRules.Of.BACKEND_REFS;
          case DESTINATIONS -> WeightedRules.Of.DESTINATIONS;
        },
        field.stable(),
        field.canary());
  }

  /** The rules that lead to both. */
  List<WeightedRules.Rule> split() throws ApiTrouble {
    try {
      return rules().in(object.toString());
    } catch (UnreadableNote torn) {
      throw unreadable(torn);
    }
  }

  private ApiTrouble unreadable(UnreadableNote torn) {
    return new ApiTrouble(BlindReason.MALFORMED, "%s: %s".formatted(words(), torn.getMessage()));
  }

  /** The weights of all these rules, as a note has them. */
  Optional<String> stated() {
    return FieldAccess.stated(object, field);
  }

  /** The same where each rule has these. */
  Optional<String> stating(int stable, int canary) throws ApiTrouble {
    return Optional.of(
        split().stream()
            .map(_ -> "%d:%d".formatted(stable, canary))
            .collect(Collectors.joining(", ")));
  }

  /** The split of a run that it carries. */
  Optional<UndoNote.Entry> entry(String run) {
    return notes.entries().stream()
        .filter(entry -> entry.run().equals(run) && entry.mark().startsWith(SplitSide.MARK))
        .findFirst();
  }

  /** What a note says the weights were, or are. */
  static Optional<String> noted(
      UndoNote.Entry entry, Function<FieldChange, Optional<String>> which) {
    return entry.changes().stream().findFirst().flatMap(which);
  }

  /**
   * A note of these weights before, and those now.
   *
   * @param rules those that came, or the copies
   */
  UndoNote.Entry entry(
      SplitSide.Key key, Optional<String> was, Optional<String> is, List<FieldChange> rules) {
    List<FieldChange> changes = new ArrayList<>(List.of(new FieldChange(field, was, is)));
    changes.addAll(rules);
    return new UndoNote.Entry(key.run(), key.mark(), changes);
  }

  /** The merge patch to these weights, rules and notes, for this version of the object alone. */
  String patch(Optional<String> weights, List<FieldChange> rules, UndoNote after)
      throws ApiTrouble {
    JsonNode meta = object.path("metadata");
    ObjectNode patch = Codec.json().createObjectNode();
    patch
        .withObject("/metadata")
        .put("uid", meta.path("uid").asString(""))
        .put("resourceVersion", meta.path("resourceVersion").asString(""));
    after.write(patch);
    List<FieldChange> changes = new ArrayList<>(rules);
    if (!weights.equals(stated())) {
      changes.add(new FieldChange(field, stated(), weights));
    }
    if (changes.isEmpty()) {
      return patch.toString();
    }
    try {
      return ObjectUndo.forward(
          object.toString(), patch.toString(), Codec.json().writeValueAsString(changes));
    } catch (UnreadableNote torn) {
      throw unreadable(torn);
    }
  }

  /** The canary's part, where all rules agree. */
  Optional<Double> share() throws ApiTrouble {
    List<Double> shares =
        split().stream()
            .map(
                rule ->
                    rule.canary() == 0
                        ? 0.0
                        : (double) rule.canary() / ((double) rule.stable() + rule.canary()))
            .distinct()
            .toList();
    return shares.size() == 1 ? Optional.of(shares.getFirst()) : Optional.empty();
  }

  /**
   * How traffic is split, as soon as whoever carries it has taken the newest weights.
   *
   * @param match which requests go to the canary in any case
   * @param stable whether it serves
   * @param canary whether it serves
   */
  Answer reading(Optional<Match> match, boolean stable, boolean canary) throws ApiTrouble {
    Optional<Double> share = share();
    if (share.isEmpty()) {
      return new Answer.Unanswered(
          BlindReason.REFUSED,
          split().isEmpty()
              ? "no rule of %s names both %s and %s"
                  .formatted(words(), field.stable(), field.canary())
              : "the rules of %s split traffic differently: %s"
                  .formatted(words(), stated().orElse("")));
    }
    Optional<Double> copies = RouteMirror.copies(this);
    return new RouteTaken(object)
        .missing(share.get() > 0 || match.isPresent() || copies.isPresent())
        .<Answer>map(why -> new Answer.Unanswered(BlindReason.NO_DATA, why))
        .orElseGet(
            () -> new Answer.RouteIs(new RouteReading(share.get(), match, copies, stable, canary)));
  }
}
