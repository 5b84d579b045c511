package dev.faultline.app.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.Key;
import dev.faultline.model.codec.OneOf;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.Document;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The language as it is written: every record with its keys, forms and texts, read from the types
 * themselves. A new word is in here as soon as its sealed type permits it. Immutable.
 */
public final class Language {

  private final Glossary glossary;
  private final Forms forms;
  private final Map<Class<?>, Mapping> mappings = new ConcurrentHashMap<>();

  private Language(Glossary glossary) {
    this.glossary = glossary;
    this.forms = new Forms(glossary);
  }

  /** Reads the language of this Faultline. */
  public static Language read() {
    return new Language(Glossary.read());
  }

  /** The kinds of documents by the name in {@code kind}. */
  public Map<String, Class<?>> kinds() {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    Words.of(Document.class).values().forEach(kind -> kinds.put(kind.getSimpleName(), kind));
    return kinds;
  }

  /** What is said of a type. */
  public String text(Class<?> type) {
    return glossary.of(type);
  }

  /** A record as it is written. */
  public Mapping mapping(Class<?> type) {
    // Not computed within the map: a record may have itself below it.
    Mapping known = mappings.get(type);
    if (known == null) {
      known = looked(type);
      mappings.put(type, known);
    }
    return known;
  }

  private Mapping looked(Class<?> type) {
    List<String> written = Words.keysOf(type);
    List<Field> fields = new ArrayList<>();
    List<Mapping.Choice> choices = new ArrayList<>();
    for (RecordComponent part : type.getRecordComponents()) {
      Optional<OneOf> inlined = Optional.ofNullable(part.getAnnotation(OneOf.class));
      if (inlined.isPresent()) {
        choices.add(choice(part, inlined.get()));
        words(part).forEach(fields::add);
      } else if (written.contains(nameOf(part))) {
        fields.add(field(part));
      }
    }
    return new Mapping(type, text(type), fields, choices, shorter(type));
  }

  /** A record as it is written, or the mapping that stands in its place. */
  Mapping spelled(Class<?> type) {
    Mapping own = mapping(type);
    return own.shorter().stream()
        .filter(Form.Keys.class::isInstance)
        .map(form -> mapping(((Form.Keys) form).type()))
        .findFirst()
        .orElse(own);
  }

  private static Mapping.Choice choice(RecordComponent part, OneOf rule) {
    return new Mapping.Choice(
        part.getName(),
        List.copyOf(Words.of(chosenFrom(part)).keySet()),
        part.getType() != Optional.class,
        Optional.of(rule.impliedBy()).filter(key -> !key.isEmpty()));
  }

  private static Class<?> chosenFrom(RecordComponent part) {
    return part.getGenericType() instanceof ParameterizedType maybe
        ? (Class<?>) maybe.getActualTypeArguments()[0]
        : part.getType();
  }

  private static String nameOf(RecordComponent part) {
    return Optional.ofNullable(part.getAnnotation(Key.class))
        .map(Key::value)
        .orElse(part.getName());
  }

  private Stream<Field> words(RecordComponent part) {
    return Words.of(chosenFrom(part)).entrySet().stream()
        .map(
            word ->
                new Field(
                    word.getKey(),
                    text(word.getValue()),
                    forms.of(word.getValue(), Contract.of("")),
                    false,
                    Contract.of(""),
                    Optional.of(part.getName())));
  }

  private Field field(RecordComponent part) {
    String text = glossary.of(part);
    Contract contract = Contract.of(text);
    Class<?> type = part.getType();
    boolean mayMiss =
        type == Optional.class || type == Map.class || Collection.class.isAssignableFrom(type);
    return new Field(
        nameOf(part),
        text,
        forms.of(part, contract),
        !mayMiss || contract.needed(),
        contract,
        Optional.empty());
  }

  /** A parameter that is named like a part of the record is written like that part. */
  private List<Form> shorter(Class<?> record) {
    return Arrays.stream(record.getDeclaredMethods())
        .filter(Language::reads)
        .map(method -> method.getParameters()[0])
        .map(parameter -> shorter(record, parameter))
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  private Form shorter(Class<?> record, Parameter parameter) {
    return Arrays.stream(record.getRecordComponents())
        .filter(part -> part.getName().equals(parameter.getName()))
        .findFirst()
        .map(part -> forms.of(part, Contract.of(glossary.of(part))))
        .orElseGet(() -> forms.of(parameter.getParameterizedType(), Contract.of("")));
  }

  static boolean reads(Method method) {
    return method.isAnnotationPresent(JsonCreator.class) && method.getParameterCount() == 1;
  }
}
