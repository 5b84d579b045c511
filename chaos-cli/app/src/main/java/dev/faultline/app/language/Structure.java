package dev.faultline.app.language;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import dev.faultline.model.world.PortName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file format as a structural schema, as definitions of custom resources want it: no
 * references, each value with its type, nothing that is set where it was left out.
 *
 * <p>Where a value has more than one form, such as a name or a mapping, the API server takes
 * anything, and it is the reader that refuses.
 */
final class Structure {

  private static final String ANYTHING = "x-kubernetes-preserve-unknown-fields";
  private static final String NUMBER_OR_TEXT = "x-kubernetes-int-or-string";

  private final Language language;

  /** Whether any key may be left out, as something else has it. */
  private final boolean overlay;

  /** The types that the present one stands in: one that stands in itself has no end. */
  private final Deque<Class<?>> around = new ArrayDeque<>();

  private Structure(Language language, boolean overlay) {
    this.language = language;
    this.overlay = overlay;
  }

  /** The keys of a record, with all that is below them. */
  static ObjectNode of(Language language, Class<?> type) {
    boolean extended =
        language.mapping(type).fields().stream().anyMatch(field -> field.name().equals("extends"));
    return new Structure(language, extended).keys(language.mapping(type));
  }

  private ObjectNode keys(Mapping mapping) {
    ObjectNode keys = typed("object");
    describe(keys, mapping.text());
    around.push(mapping.type());
    ObjectNode properties = keys.putObject("properties");
    for (Field field : mapping.fields()) {
      ObjectNode property = value(field.form());
      describe(property, field.text());
      properties.set(field.name(), property);
    }
    around.pop();
    List<String> required =
        mapping.fields().stream().filter(Field::required).map(Field::name).toList();
    if (!overlay && !required.isEmpty()) {
      required.forEach(keys.putArray("required")::add);
    }
    if (!mapping.choices().isEmpty()) {
      ArrayNode all = keys.putArray("allOf");
      mapping.choices().forEach(choice -> all.add(oneOf(choice)));
    }
    return keys;
  }

  /** One of these keys, and no other of them. */
  private ObjectNode oneOf(Mapping.Choice choice) {
    ObjectNode rule = object();
    ArrayNode one = rule.putArray("oneOf");
    choice.words().forEach(word -> one.addObject().putArray("required").add(word));
    if (overlay || !choice.needed() || choice.implied().isPresent()) {
      ArrayNode any = one.addObject().putObject("not").putArray("anyOf");
      choice.words().forEach(word -> any.addObject().putArray("required").add(word));
    }
    return rule;
  }

  private ObjectNode value(Form form) {
    return switch (form) {
      case Form.Text _ -> typed("string");
      case Form.Flag _ -> typed("boolean");
      case Form.Whole whole -> whole(whole);
      case Form.Time _ -> spelled(EnumSet.of(Unit.SECONDS), false);
      case Form.Amount amount -> amount(amount.units(), amount.signed());
      case Form.Pair _ -> pair();
      case Form.PortNumber _ -> numberOrText("^auto$");
      case Form.PortText _ -> numberOrText(PortName.PATTERN);
      case Form.OneWord words -> words(words);
      case Form.Several several -> several(several);
      case Form.Named named -> {
        ObjectNode map = typed("object");
        map.set("additionalProperties", value(named.value()));
        yield map;
      }
      case Form.Keys keys -> spelled(language.mapping(keys.type()));
      case Form.Wrapped wrapped -> wrapped(wrapped.sealed());
      case Form.Own _ -> anything();
    };
  }

  /** As its keys, or in the one form that takes their place. */
  private ObjectNode spelled(Mapping mapping) {
    if (around.contains(mapping.type())) {
      return anything();
    }
    if (mapping.shorter().isEmpty()) {
      return keys(mapping);
    }
    return mapping.replaced() && mapping.shorter().size() == 1
        ? value(mapping.shorter().getFirst())
        : anything();
  }

  private static ObjectNode whole(Form.Whole form) {
    ObjectNode whole = typed("integer").put("format", "int64");
    // The limits of a long are none, and no number of JSON.
    if (form.least() >= Integer.MIN_VALUE) {
      whole.put("minimum", form.least());
    }
    if (form.most() <= Integer.MAX_VALUE) {
      whole.put("maximum", form.most());
    }
    return whole;
  }

  private static ObjectNode words(Form.OneWord form) {
    ObjectNode words = typed("string");
    ArrayNode known = words.putArray("enum");
    form.terms().forEach(term -> known.add(term.word()));
    return words;
  }

  private static ObjectNode spelled(Set<Unit> units, boolean signed) {
    return typed("string").put("pattern", Quantity.pattern(units, signed));
  }

  private static ObjectNode amount(Set<Unit> units, boolean signed) {
    return units.contains(Unit.NUMBER)
        ? numberOrText(Quantity.pattern(units, signed))
        : spelled(units, signed);
  }

  private static ObjectNode pair() {
    ObjectNode pair = typed("array").put("minItems", 2).put("maxItems", 2);
    pair.set("items", amount(EnumSet.allOf(Unit.class), true));
    return pair;
  }

  private ObjectNode several(Form.Several form) {
    if (form.single()) {
      return anything();
    }
    ObjectNode list = typed("array");
    list.set("items", value(form.entry()));
    return list;
  }

  private ObjectNode wrapped(Class<?> sealed) {
    ObjectNode one = typed("object").put("minProperties", 1).put("maxProperties", 1);
    ObjectNode properties = one.putObject("properties");
    Words.of(sealed)
        .values()
        .forEach(type -> properties.set(Words.wordOf(type), spelled(language.mapping(type))));
    return one;
  }

  private static ObjectNode numberOrText(String pattern) {
    return object().put(NUMBER_OR_TEXT, true).put("pattern", pattern);
  }

  private static ObjectNode anything() {
    return object().put(ANYTHING, true);
  }

  private static ObjectNode typed(String type) {
    return object().put("type", type);
  }

  private static ObjectNode object() {
    return Codec.json().createObjectNode();
  }

  private static void describe(ObjectNode node, String text) {
    if (!text.isEmpty()) {
      node.put("description", text);
    }
  }
}
