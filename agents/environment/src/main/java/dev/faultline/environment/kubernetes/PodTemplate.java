package dev.faultline.environment.kubernetes;

import dev.faultline.model.cluster.FieldValue;
import dev.faultline.model.cluster.ObjectField;
import dev.faultline.model.cluster.ObjectField.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the pods of a workload are made of: the fields of its containers. */
final class PodTemplate {

  /** All of a container that is read here. */
  static final Set<String> READ_OF_CONTAINER = Set.of("name", "image", "resources");

  private static final List<String> RESOURCES = List.of("cpu", "memory");

  private PodTemplate() {}

  /** Every field of the containers that has a value. */
  static List<FieldValue> fields(JsonNode object) {
    List<FieldValue> fields = new ArrayList<>();
    for (JsonNode container : containers(object)) {
      String name = container.path("name").asString("");
      fields.add(new FieldValue(new ObjectField.Image(name), container.path("image").asString("")));
      for (String resource : RESOURCES) {
        for (Amount.Bound bound : Amount.Bound.values()) {
          Amount amount = new Amount(name, bound, resource);
          of(container, amount).ifPresent(value -> fields.add(new FieldValue(amount, value)));
        }
      }
    }
    return fields;
  }

  static Optional<String> stated(JsonNode object, ObjectField.Image image) {
    return named(containers(object), image.container()).map(one -> one.path("image").asString(""));
  }

  static Optional<String> stated(JsonNode object, Amount amount) {
    return named(containers(object), amount.container()).flatMap(one -> of(one, amount));
  }

  private static JsonNode containers(JsonNode object) {
    return object.path("spec").path("template").path("spec").path("containers");
  }

  private static Optional<JsonNode> named(JsonNode containers, String name) {
    return containers
        .valueStream()
        .filter(one -> one.path("name").asString("").equals(name))
        .findFirst();
  }

  private static Optional<String> of(JsonNode container, Amount amount) {
    JsonNode value =
        container.path("resources").path(amount.bound().word()).path(amount.resource());
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asString(""));
  }
}
