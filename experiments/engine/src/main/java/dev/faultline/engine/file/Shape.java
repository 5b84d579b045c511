package dev.faultline.engine.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.Key;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import dev.faultline.model.fault.Fault;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Compares a document with the records that it is to become, key by key, before any record is made.
 *
 * <p>What fits here has only known keys, no key without a value, all that must be there, and lists,
 * mappings, texts and numbers where they belong. What a value means is for the records to judge.
 */
final class Shape {

  private Shape() {}

  /** The first thing in a document that does not fit its type, from the top. */
  static Optional<Refusal> misfit(Class<?> type, JsonNode document) {
    return value(type, document, List.of()).findFirst();
  }

  private static Stream<Refusal> value(Type type, JsonNode node, List<String> path) {
    if (type instanceof ParameterizedType generic) {
      return container(generic, node, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Bound.Between.class) {
      return node.isArray() && node.size() == 2
          ? entries(Quantity.class, node, path)
          : refuse(path, "two limits are expected here; write [low, high]");
    }
    if (raw == String.class) {
      return Scalars.text(node, path);
    }
    if (Number.class.isAssignableFrom(raw)) {
      return Scalars.whole(raw, node, path);
    }
    if (raw.isEnum()) {
      return Scalars.word(raw, node, path);
    }
    return raw.isRecord() && isMadeOfKeys(raw) ? form(raw, node, path) : Stream.empty();
  }

  // Quantities, ports and single limits are read whole by their own readers.
  private static boolean isMadeOfKeys(Class<?> record) {
    return record != Quantity.class
        && !Bound.class.isAssignableFrom(record)
        && delegates(record).noneMatch(form -> form == Object.class);
  }

  private static Stream<Refusal> container(
      ParameterizedType type, JsonNode node, List<String> path) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type inner = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (raw == Optional.class) {
      return value(inner, node, path);
    }
    if (raw == Map.class) {
      return node.isObject()
          ? properties(node).flatMap(key -> child(inner, node.get(key), path, key))
          : refuse(path, "a mapping (key: value) is expected here, not " + Scalars.kindOf(node));
    }
    return node.isArray() ? entries(inner, node, path) : refuse(path, listWanted(node));
  }

  private static String listWanted(JsonNode node) {
    String text = node.isString() ? node.stringValue() : "";
    return text.matches("[\\w./:-]{1,40}")
        ? "a list is expected here; write [%s]".formatted(text)
        : "a list is expected here, not %s; write [one, two], or one per line after '- '"
            .formatted(Scalars.kindOf(node));
  }

  private static Stream<Refusal> entries(Type type, JsonNode list, List<String> path) {
    return IntStream.range(0, list.size())
        .boxed()
        .flatMap(index -> child(type, list.get(index), path, String.valueOf(index)));
  }

  private static Stream<Refusal> child(Type type, JsonNode node, List<String> path, String step) {
    List<String> longer = with(path, step);
    return node.isNull()
        ? Stream.of(new Refusal(longer, Refusal.Spot.KEY, missingValue(type, step)))
        : value(type, node, longer);
  }

  private static String missingValue(Type type, String step) {
    if (type instanceof Class<?> raw && Fault.class.isAssignableFrom(raw)) {
      return "'%s' has no value; write '%s: {}' where it needs none".formatted(step, step);
    }
    if (step.matches("\\d+")) {
      return "this entry of the list is empty; fill it in, or leave it out";
    }
    boolean optional = type instanceof ParameterizedType outer && outer.getRawType() != List.class;
    return "'%s' has no value; fill it in%s"
        .formatted(step, optional ? ", or leave the key out" : "");
  }

  /** A record is written as a mapping, or in a shorter form that it takes. */
  private static Stream<Refusal> form(Class<?> record, JsonNode node, List<String> path) {
    for (Type form : delegates(record).toList()) {
      boolean text = isWord(form) && !node.isContainer();
      boolean list = form instanceof ParameterizedType && node.isArray();
      boolean mapping = form instanceof Class<?> raw && raw.isRecord() && node.isObject();
      boolean named = form instanceof ParameterizedType map && map.getRawType() == Map.class;
      if (text || list || mapping || named) {
        return value(form, node, path);
      }
    }
    boolean keyed = !Words.keysOf(record).isEmpty() || delegates(record).findAny().isEmpty();
    return node.isObject() && keyed
        ? mapping(record, node, path)
        : refuse(path, wanted(record, node, path));
  }

  private static String wanted(Class<?> record, JsonNode node, List<String> path) {
    List<String> forms = new ArrayList<>();
    Class<?> mapping = record;
    for (Type form : delegates(record).toList()) {
      if (form instanceof Class<?> other && other.isRecord()) {
        mapping = other;
      } else {
        forms.add(isWord(form) ? "a text" : "a list");
      }
    }
    List<String> keys = Words.keysOf(mapping);
    if (keys.isEmpty() && forms.isEmpty()) {
      return "'%s' takes no parameters; write '%s: {}'".formatted(path.getLast(), path.getLast());
    }
    if (!keys.isEmpty()) {
      forms.add(
          keys.size() == 1
              ? "a mapping with the key " + keys.getFirst()
              : "a mapping with keys such as " + String.join(", ", keys));
    }
    return "%s is expected here, not %s"
        .formatted(String.join(" or ", forms), Scalars.kindOf(node));
  }

  /** The types of the shorter forms of a record. */
  private static Stream<Type> delegates(Class<?> record) {
    return Arrays.stream(record.getDeclaredMethods())
        .filter(Shape::delegates)
        .map(method -> method.getGenericParameterTypes()[0])
        .sorted((a, b) -> a.getTypeName().compareTo(b.getTypeName()));
  }

  private static boolean isWord(Type form) {
    return form == String.class || (form instanceof Class<?> raw && raw.isEnum());
  }

  private static boolean delegates(Method method) {
    return method.isAnnotationPresent(JsonCreator.class) && method.getParameterCount() == 1;
  }

  private static Stream<Refusal> mapping(Class<?> record, JsonNode node, List<String> path) {
    return Stream.of(unknownKeys(record, node, path), words(record, node, path))
        .flatMap(part -> part)
        .findFirst()
        .map(Stream::of)
        .orElseGet(() -> components(record, node, path));
  }

  private static Stream<Refusal> unknownKeys(Class<?> record, JsonNode node, List<String> path) {
    List<String> known = Words.keysOf(record);
    return properties(node)
        .filter(key -> !known.contains(key))
        .map(
            key ->
                new Refusal(
                    with(path, key),
                    Refusal.Spot.KEY,
                    known.isEmpty()
                        ? "'%s' takes no parameters; write '%s: {}'"
                            .formatted(path.getLast(), path.getLast())
                        : Words.unknown("key", key, known)));
  }

  private static Stream<Refusal> words(Class<?> record, JsonNode node, List<String> path) {
    return Arrays.stream(record.getRecordComponents())
        .filter(component -> component.isAnnotationPresent(OneOf.class))
        .flatMap(
            component -> {
              Collection<String> words = Words.of(Words.choiceOf(component)).keySet();
              List<String> present = properties(node).filter(words::contains).toList();
              String all = String.join(", ", words);
              boolean implied =
                  Words.isOptional(component)
                      || node.has(component.getAnnotation(OneOf.class).impliedBy());
              return switch (present.size()) {
                case 0 ->
                    implied
                        ? Stream.empty()
                        : Stream.of(
                            new Refusal(path, Refusal.Spot.KEY, "one of these is missing: " + all));
                case 1 -> Stream.empty();
                default ->
                    Stream.of(
                        new Refusal(
                            with(path, present.get(1)),
                            Refusal.Spot.KEY,
                            "only one of %s can stand here; remove the others"
                                .formatted(String.join(", ", present))));
              };
            });
  }

  private static Stream<Refusal> components(Class<?> record, JsonNode node, List<String> path) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(
            component ->
                component.isAnnotationPresent(OneOf.class)
                    ? Words.of(Words.choiceOf(component)).entrySet().stream()
                        .filter(word -> node.has(word.getKey()))
                        .flatMap(
                            word ->
                                child(
                                    word.getValue(), node.get(word.getKey()), path, word.getKey()))
                    : component(component, node, path));
  }

  private static Stream<Refusal> component(
      RecordComponent component, JsonNode record, List<String> path) {
    Key named = component.getAnnotation(Key.class);
    String key = named == null ? component.getName() : named.value();
    JsonNode node = record.get(key);
    if (node == null) {
      return isRequired(component)
          ? Stream.of(new Refusal(path, Refusal.Spot.KEY, "'%s' is missing".formatted(key)))
          : Stream.empty();
    }
    return child(
        isSingle(component) && !node.isArray()
            ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
            : component.getGenericType(),
        node,
        path,
        key);
  }

  private static boolean isSingle(RecordComponent component) {
    JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
    return format != null
        && List.of(format.with()).contains(JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
  }

  private static boolean isRequired(RecordComponent component) {
    return component.getType() != Optional.class
        && component.getType() != Map.class
        && !Collection.class.isAssignableFrom(component.getType());
  }

  private static Stream<String> properties(JsonNode node) {
    return List.copyOf(node.propertyNames()).stream();
  }

  private static List<String> with(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private static Stream<Refusal> refuse(List<String> path, String problem) {
    return Stream.of(new Refusal(path, Refusal.Spot.VALUE, problem));
  }
}
