package dev.faultline.app.language;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key in a document.
 *
 * @param parent the mapping that it stands in
 * @param step the key
 * @param id its definition
 */
record Spot(ObjectNode parent, String step, String id) {

  /** Every key of a document that has a definition. */
  static List<Spot> of(Language language, Class<?> kind, JsonNode document) {
    List<Spot> spots = new ArrayList<>();
    collect(language, new Form.Keys(kind), document, spots);
    return spots;
  }

  private static void collect(Language language, Form form, JsonNode node, List<Spot> into) {
    switch (form) {
      case Form.Several several ->
          node.forEach(entry -> collect(language, several.entry(), entry, into));
      case Form.Named named -> node.forEach(value -> collect(language, named.value(), value, into));
      case Form.Keys keys when node instanceof ObjectNode object -> {
        Mapping mapping = language.spelled(keys.type());
        for (Field field : mapping.fields()) {
          if (object.has(field.name())) {
            into.add(new Spot(object, field.name(), mapping.type().getName() + "#" + field.name()));
            collect(language, field.form(), object.get(field.name()), into);
          }
        }
      }
      default -> {}
    }
  }
}
