package dev.faultline.engine.file;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What the binding of a document complained of, in the words of a person.
 *
 * @param path keys and indexes down to the culprit
 * @param atKey whether the key is the culprit rather than its value
 * @param problem what is wrong and what to do
 */
record Refusal(List<String> path, boolean atKey, String problem) {

  static Refusal of(JacksonException complaint) {
    List<String> path = new ArrayList<>();
    for (JacksonException.Reference step : complaint.getPath()) {
      path.add(
          step.getPropertyName() != null
              ? step.getPropertyName()
              : String.valueOf(step.getIndex()));
    }
    Optional<InvalidValue> ours = cause(complaint);
    if (ours.isPresent()) {
      ours.get().field().ifPresent(field -> path.addAll(Arrays.asList(field.split("/"))));
      return new Refusal(
          path, ours.get().field().isPresent(), String.valueOf(ours.get().getMessage()));
    }
    return new Refusal(path, complaint instanceof UnrecognizedPropertyException, words(complaint));
  }

  private static Optional<InvalidValue> cause(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof InvalidValue ours) {
        return Optional.of(ours);
      }
    }
    return Optional.empty();
  }

  private static String words(JacksonException complaint) {
    return switch (complaint) {
      case UnrecognizedPropertyException unknown ->
          Words.unknown(
              "key", unknown.getPropertyName(), Words.keysOf(unknown.getReferringClass()));
      case InvalidFormatException format when format.getTargetType().isEnum() ->
          Words.unknown(
              "word", String.valueOf(format.getValue()), constants(format.getTargetType()));
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          "%s is expected here".formatted(expected(mismatch.getTargetType()));
      default -> "this cannot be read: " + complaint.getOriginalMessage();
    };
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String expected(Class<?> type) {
    if (type == String.class) {
      return "text (in quotes, where it looks like a number or a boolean)";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list (- one per line, or [one, two])";
    }
    if (Map.class.isAssignableFrom(type)) {
      return "a mapping (key: value)";
    }
    if (type.isSealed()) {
      return "a mapping with one of " + String.join(", ", Words.of(type).keySet());
    }
    return type.isRecord()
        ? "a mapping with the keys " + String.join(", ", Words.keysOf(type))
        : "another kind of value";
  }
}
