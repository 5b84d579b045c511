package dev.faultline.app.language;

import static java.util.Objects.requireNonNull;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Document;
import dev.faultline.model.world.PortName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file format as a JSON Schema of draft 7, for editors.
 *
 * <p>It refuses unknown keys, missing ones, twin words and values of the wrong form. What it cannot
 * say: the size of what is written with a unit, and what one key means for another. What extends
 * something else may leave out any key.
 */
public final class Schema {

  private static final String EXTENDS = "extends";
  private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

  private final Language language;
  private final Map<String, ObjectNode> definitions;

  /** Whether it describes what stands above something that it extends. */
  private final boolean overlay;

  private Schema(Language language, Map<String, ObjectNode> definitions, boolean overlay) {
    this.language = language;
    this.definitions = definitions;
    this.overlay = overlay;
  }

  /** The schema of every kind of document. */
  public static ObjectNode of(Language language) {
    return of(language, List.copyOf(language.kinds().keySet()));
  }

  /** The schema of one kind. */
  public static ObjectNode of(Language language, String kind) {
    return of(language, List.of(kind));
  }

  private static ObjectNode of(Language language, List<String> kinds) {
    return new Schema(language, new TreeMap<>(), false).kinds(kinds);
  }

  private ObjectNode kinds(List<String> kinds) {
    ObjectNode schema = object().put("$schema", DRAFT);
    schema.put("title", "Faultline: " + String.join(", ", kinds));
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("apiVersion").put("const", Document.API_VERSION);
    ArrayNode names = properties.putObject("kind").putArray("enum");
    kinds.forEach(names::add);
    schema.putArray("required").add("apiVersion").add("kind");
    ArrayNode cases = schema.putArray("allOf");
    for (String kind : kinds) {
      ObjectNode only = cases.addObject();
      only.putObject("if").putObject("properties").putObject("kind").put("const", kind);
      only.set("then", reference(requireNonNull(language.kinds().get(kind))));
    }
    ObjectNode all = schema.putObject("definitions");
    definitions.forEach(all::set);
    return schema;
  }

  private static ObjectNode object() {
    return Codec.json().createObjectNode();
  }

  private ObjectNode reference(Class<?> type) {
    Mapping mapping = language.mapping(type);
    if (overlay || mapping.fields().stream().noneMatch(field -> field.name().equals(EXTENDS))) {
      return definition(mapping);
    }
    ObjectNode either = object();
    either.putObject("if").putArray("required").add(EXTENDS);
    either.set("then", new Schema(language, definitions, true).definition(mapping));
    either.set("else", definition(mapping));
    return either;
  }

  private ObjectNode definition(Mapping mapping) {
    String name = name(mapping.type()) + (overlay ? ".overlay" : "");
    if (!definitions.containsKey(name)) {
      ObjectNode definition = object();
      definitions.put(name, definition);
      define(mapping, definition);
    }
    return object().put("$ref", "#/definitions/" + name);
  }

  private static String name(Class<?> type) {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1).replace('$', '.');
  }

  private void define(Mapping mapping, ObjectNode into) {
    describe(into, mapping.text());
    if (mapping.shorter().isEmpty()) {
      keys(mapping, into);
      return;
    }
    ArrayNode forms = into.putArray("anyOf");
    mapping.shorter().forEach(form -> forms.add(value(form)));
    if (!mapping.replaced()) {
      keys(mapping, forms.addObject());
    }
  }

  private void keys(Mapping mapping, ObjectNode into) {
    into.put("type", "object").put("additionalProperties", false);
    ObjectNode properties = into.putObject("properties");
    for (Field field : mapping.fields()) {
      properties.set(field.name(), property(mapping, field));
    }
    List<String> required =
        mapping.fields().stream().filter(Field::required).map(Field::name).toList();
    if (!overlay && !required.isEmpty()) {
      required.forEach(into.putArray("required")::add);
    }
    if (!mapping.choices().isEmpty()) {
      ArrayNode all = into.putArray("allOf");
      mapping.choices().forEach(choice -> all.add(oneOf(choice)));
    }
  }

  private ObjectNode property(Mapping mapping, Field field) {
    if (Document.class.isAssignableFrom(mapping.type()) && field.form() instanceof Form.Text) {
      return object()
          .put(
              "const",
              field.name().equals("kind") ? mapping.type().getSimpleName() : Document.API_VERSION);
    }
    ObjectNode property = value(field.form());
    ObjectNode described = property.has("$ref") ? wrapped(property) : property;
    describe(described, field.text());
    field.fallback().ifPresent(said -> fallback(described, field.form(), said));
    return described;
  }

  // Draft 7 does not read what stands beside a reference.
  private static ObjectNode wrapped(ObjectNode reference) {
    ObjectNode wrapped = object();
    wrapped.putArray("allOf").add(reference);
    return wrapped;
  }

  private static void fallback(ObjectNode property, Form form, String said) {
    if (form instanceof Form.Whole) {
      property.put("default", Long.parseLong(said));
    } else if (form instanceof Form.Flag) {
      property.put("default", Boolean.parseBoolean(said));
    } else {
      property.put("default", said);
    }
  }

  private static void describe(ObjectNode node, String text) {
    if (!text.isEmpty()) {
      node.put("description", text);
    }
  }

  private ObjectNode oneOf(Mapping.Choice choice) {
    ObjectNode rule = object();
    ArrayNode one = rule.putArray("oneOf");
    choice.words().forEach(word -> one.addObject().putArray("required").add(word));
    if (overlay || !choice.needed() || choice.implied().isPresent()) {
      ObjectNode none = one.addObject();
      ArrayNode any = none.putObject("not").putArray("anyOf");
      choice.words().forEach(word -> any.addObject().putArray("required").add(word));
      if (!overlay) {
        choice.implied().ifPresent(key -> none.putArray("required").add(key));
      }
    }
    return rule;
  }

  private ObjectNode value(Form form) {
    return switch (form) {
      case Form.Text _ -> object().put("type", "string");
      case Form.Flag _ -> object().put("type", "boolean");
      case Form.Whole whole ->
          object()
              .put("type", "integer")
              .put("minimum", whole.least())
              .put("maximum", whole.most());
      case Form.Time _ -> spelled(EnumSet.of(Unit.SECONDS), false);
      case Form.Amount amount -> amount(amount.units(), amount.signed());
      case Form.Pair _ -> pair();
      case Form.PortNumber _ -> port();
      case Form.PortText _ -> portText();
      case Form.OneWord words -> words(words);
      case Form.Several several -> several(several);
      case Form.Named named -> {
        ObjectNode map = object().put("type", "object");
        map.set("additionalProperties", value(named.value()));
        yield map;
      }
      case Form.Keys keys -> reference(keys.type());
      case Form.Wrapped wrapped -> wrapped(wrapped.sealed());
      case Form.Own own -> {
        ObjectNode any = object();
        describe(any, language.text(own.type()));
        yield any;
      }
    };
  }

  private static ObjectNode words(Form.OneWord form) {
    ObjectNode words = object().put("type", "string");
    ArrayNode known = words.putArray("enum");
    form.terms().forEach(term -> known.add(term.word()));
    return words;
  }

  private static ObjectNode spelled(Set<Unit> units, boolean signed) {
    return object().put("type", "string").put("pattern", Quantity.pattern(units, signed));
  }

  private static ObjectNode amount(Set<Unit> units, boolean signed) {
    if (!units.contains(Unit.NUMBER)) {
      return spelled(units, signed);
    }
    ObjectNode either = object();
    either.putArray("anyOf").add(object().put("type", "integer")).add(spelled(units, signed));
    return either;
  }

  private static ObjectNode pair() {
    ObjectNode pair = object().put("type", "array").put("minItems", 2).put("maxItems", 2);
    pair.set("items", amount(EnumSet.allOf(Unit.class), true));
    return pair;
  }

  private static ObjectNode portText() {
    ObjectNode either = object();
    ArrayNode forms = either.putArray("anyOf");
    forms.addObject().put("type", "integer").put("minimum", 1).put("maximum", 65_535);
    forms.addObject().put("type", "string").put("pattern", PortName.PATTERN);
    return either;
  }

  private static ObjectNode port() {
    ObjectNode either = object();
    ArrayNode forms = either.putArray("anyOf");
    forms.addObject().put("const", "auto");
    forms.addObject().put("type", "integer").put("minimum", 1).put("maximum", 65_535);
    return either;
  }

  private ObjectNode several(Form.Several form) {
    ObjectNode list = object().put("type", "array");
    list.set("items", value(form.entry()));
    if (!overlay && form.needed()) {
      list.put("minItems", 1);
    }
    if (!form.single()) {
      return list;
    }
    ObjectNode either = object();
    either.putArray("anyOf").add(value(form.entry())).add(list);
    return either;
  }

  private ObjectNode wrapped(Class<?> sealed) {
    ObjectNode one = object().put("type", "object").put("additionalProperties", false);
    one.put("minProperties", 1).put("maxProperties", 1);
    ObjectNode properties = one.putObject("properties");
    List<Class<?>> known = new ArrayList<>(Words.of(sealed).values());
    known.forEach(type -> properties.set(Words.wordOf(type), reference(type)));
    return one;
  }
}
