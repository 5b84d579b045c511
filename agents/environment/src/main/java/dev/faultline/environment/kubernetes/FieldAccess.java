package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields that faults change from an object, and writes them into a patch. */
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
    };
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
          ObjectField.Strategy _ ->
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

  /**
   * Writes a value into a merge patch.
   *
   * @param object as it is now: a list is replaced as a whole
   * @param value the new one; the field is removed when empty
   */
  static void write(ObjectNode patch, JsonNode object, ObjectField field, Optional<String> value) {
    switch (field) {
      case ObjectField.Replicas _ ->
          patch.withObject("/spec").put("replicas", Integer.parseInt(value.orElse("1")));
      case ObjectField.Unschedulable _ ->
          value.ifPresentOrElse(
              _ -> patch.withObject("/spec").put("unschedulable", true),
              () -> patch.withObject("/spec").putNull("unschedulable"));
      case ObjectField.Taint taint ->
          patch.withObject("/spec").set("taints", taints(patch, object, taint, value));
      case ObjectField.Entry(String key) ->
          value.ifPresentOrElse(
              text -> patch.withObject("/data").put(key, text),
              () -> patch.withObject("/data").putNull(key));
      case ObjectField.Selects(String label) ->
          value.ifPresentOrElse(
              text -> patch.withObject("/spec").withObject("selector").put(label, text),
              () -> patch.withObject("/spec").withObject("selector").putNull(label));
      case ObjectField.Image image -> PodTemplate.write(patch, object, image, value);
      case ObjectField.Amount amount -> PodTemplate.write(patch, object, amount, value);
      case ObjectField.Strategy _ -> throw new IllegalArgumentException("it is only read");
    }
  }

  /** Those of an earlier field of the same patch, or of the object, with this one changed. */
  private static ArrayNode taints(
      ObjectNode patch, JsonNode object, ObjectField.Taint taint, Optional<String> value) {
    JsonNode before =
        patch.path("spec").has("taints")
            ? patch.path("spec").path("taints")
            : object.path("spec").path("taints");
    List<JsonNode> others = new ArrayList<>();
    before.valueStream().filter(one -> !is(taint, one)).forEach(others::add);
    ArrayNode taints = Codec.json().createArrayNode();
    others.forEach(taints::add);
    value.ifPresent(
        text -> {
          ObjectNode one = taints.addObject().put("key", taint.key()).put("effect", taint.effect());
          if (!text.isEmpty()) {
            one.put("value", text);
          }
        });
    return taints;
  }
}
