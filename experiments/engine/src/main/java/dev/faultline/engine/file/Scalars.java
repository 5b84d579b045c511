package dev.faultline.engine.file;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.Words;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Whether a single value is the text, number or word that belongs in its place. */
final class Scalars {

  private Scalars() {}

  static Stream<Refusal> text(JsonNode node, List<String> path) {
    if (node.isString()) {
      return Stream.empty();
    }
    return refuse(
        path,
        node.isContainer()
            ? "a text is expected here, not %s; a text with ': ' or brackets needs quotes"
                .formatted(kindOf(node))
            : "a text is expected here, and %s is %s; write \"%s\""
                .formatted(node.asString(), kindOf(node), node.asString()));
  }

  static Stream<Refusal> whole(Class<?> type, JsonNode node, List<String> path) {
    if (node.isIntegralNumber()) {
      return (type == Integer.class ? node.canConvertToInt() : node.canConvertToLong())
          ? Stream.empty()
          : refuse(path, "%s is too large a number".formatted(node.asString()));
    }
    return refuse(
        path,
        node.isString() && node.stringValue().matches("-?\\d+")
            ? "a whole number is expected here; write it without quotes"
            : "a whole number is expected here, not " + kindOf(node));
  }

  static Stream<Refusal> word(Class<?> type, JsonNode node, List<String> path) {
    List<String> known = constants(type);
    if (!node.isString()) {
      return refuse(
          path,
          "one of these words is expected here, not %s: %s"
              .formatted(kindOf(node), String.join(", ", known)));
    }
    return known.contains(node.stringValue())
        ? Stream.empty()
        : refuse(path, Words.unknown("word", node.stringValue(), known));
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> Codec.json().valueToTree(constant).stringValue())
        .toList();
  }

  static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "a mapping";
      case BOOLEAN -> "a boolean";
      case NUMBER -> node.isIntegralNumber() ? "a number" : "a decimal";
      case STRING -> "a text";
      case NULL, MISSING, BINARY, POJO -> "nothing";
    };
  }

  private static Stream<Refusal> refuse(List<String> path, String problem) {
    return Stream.of(new Refusal(path, Refusal.Spot.VALUE, problem));
  }
}
