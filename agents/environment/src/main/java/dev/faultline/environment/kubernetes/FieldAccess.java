package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.node.cluster.MatchedField;
import dev.faultline.node.cluster.UnreadableNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the fields that faults change from an object. */
final class FieldAccess {

  private FieldAccess() {}

  /** Every field of the object that has a value. */
  static List<FieldValue> all(JsonNode object) {
    List<FieldValue> fields = new ArrayList<>();
    List<ObjectField> single = List.of(new ObjectField.Replicas(), new ObjectField.Unschedulable());
    for (ObjectField field : single) {
      stated(object, field).ifPresent(value -> fields.add(new FieldValue(field, value)));
    }
    strategy(object)
        .ifPresent(value -> fields.add(new FieldValue(new ObjectField.Strategy(), value)));
    object.path("spec").path("selector").properties().stream()
        .filter(label -> label.getValue().isString())
        .forEach(
            label ->
                fields.add(
                    new FieldValue(
                        new ObjectField.Selects(label.getKey()), label.getValue().asString(""))));
    fields.addAll(PodTemplate.fields(object));
    for (JsonNode taint : object.path("spec").path("taints")) {
      fields.add(
          new FieldValue(
              new ObjectField.Taint(
                  taint.path("key").asString(""), taint.path("effect").asString("")),
              taint.path("value").asString("")));
    }
    object
        .path("data")
        .properties()
        .forEach(
            entry ->
                fields.add(
                    new FieldValue(
                        new ObjectField.Entry(entry.getKey()), entry.getValue().asString(""))));
    return fields;
  }

  /** What the object states; empty where the field is absent. */
  static Optional<String> stated(JsonNode object, ObjectField field) {
    return switch (field) {
      case ObjectField.Replicas _ -> text(object.path("spec").path("replicas"));
      case ObjectField.Unschedulable _ ->
          text(object.path("spec").path("unschedulable")).filter("true"::equals);
      case ObjectField.Taint taint ->
          object
              .path("spec")
              .path("taints")
              .valueStream()
              .filter(one -> is(taint, one))
              .findFirst()
              .map(one -> one.path("value").asString(""));
      case ObjectField.Entry(String key) -> text(object.path("data").path(key));
      case ObjectField.Selects(String label) ->
          text(object.path("spec").path("selector").path(label));
      case ObjectField.Image image -> PodTemplate.stated(object, image);
      case ObjectField.Amount amount -> PodTemplate.stated(object, amount);
      case ObjectField.Strategy _ -> strategy(object);
      case ObjectField.Weights weights -> weights(object, weights);
      case ObjectField.Matched matched -> matched(object, matched);
      case ObjectField.Mirrored mirrored -> mirrored(object, mirrored);
    };
  }

  private static Optional<String> weights(JsonNode object, ObjectField.Weights weights) {
    try {
      return WeightedRoute.rules(weights).stated(object.toString());
    } catch (UnreadableNote torn) {
      return Optional.empty();
    }
  }

  private static Optional<String> matched(JsonNode object, ObjectField.Matched matched) {
    try {
      return new MatchedField(RouteMatch.rules(matched), matched.others())
          .stated(object.toString());
    } catch (UnreadableNote torn) {
      return Optional.empty();
    }
  }

  private static Optional<String> mirrored(JsonNode object, ObjectField.Mirrored mirrored) {
    try {
      return RouteMirror.rules(mirrored).stated(object.toString());
    } catch (UnreadableNote torn) {
      return Optional.empty();
    }
  }

  /** What the cluster has brought about of it. */
  static Optional<String> real(JsonNode object, ObjectField field) {
    return switch (field) {
      case ObjectField.Replicas _ -> realReplicas(object);
      case ObjectField.Image _, ObjectField.Amount _ ->
          isSeen(object) ? stated(object, field) : Optional.empty();
      case ObjectField.Unschedulable _,
          ObjectField.Taint _,
          ObjectField.Entry _,
          ObjectField.Selects _,
          ObjectField.Strategy _,
          ObjectField.Weights _,
          ObjectField.Matched _,
          ObjectField.Mirrored _ ->
          stated(object, field);
    };
  }

  /** A controller that has not yet seen the newest wish speaks of an older one. */
  private static boolean isSeen(JsonNode object) {
    return object.path("status").path("observedGeneration").asLong(0)
        >= object.path("metadata").path("generation").asLong(0);
  }

  private static Optional<String> strategy(JsonNode object) {
    return text(object.path("spec").path("strategy").path("type"));
  }

  private static Optional<String> realReplicas(JsonNode object) {
    return isSeen(object)
        ? Optional.of(Integer.toString(object.path("status").path("replicas").asInt(0)))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.asString(""));
  }

  private static boolean is(ObjectField.Taint taint, JsonNode one) {
    return taint.key().equals(one.path("key").asString(""))
        && taint.effect().equals(one.path("effect").asString(""));
  }
}
