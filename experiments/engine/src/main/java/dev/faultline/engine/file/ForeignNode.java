package dev.faultline.engine.file;

import dev.faultline.model.codec.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A part of a file of another tool, with its place. Whoever reads it takes only what is understood,
 * and refuses the rest where it stands.
 *
 * @param node the part itself
 * @param path the keys and indexes down to it
 * @param file the file, and the number of the document in it
 */
record ForeignNode(JsonNode node, List<String> path, Origin file) {

  private static final Pattern PARTS = Pattern.compile("(?:\\d{1,9}(?:ms|[smhdwy]))+");
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|[smhdwy])");

  /** Where a part comes from. */
  record Origin(int document, SourceMap map, SourceText source) {}

  /** A refusal of this part. */
  InvalidFile refuse(String problem) {
    return refuse(path, Refusal.Spot.WHOLE, problem);
  }

  /** A refusal of a key of this part. */
  InvalidFile refuse(String key, String problem) {
    return refuse(longer(key), Refusal.Spot.KEY, problem);
  }

  private InvalidFile refuse(List<String> at, Refusal.Spot spot, String problem) {
    return Placed.refuse(
        new Refusal(at, spot, problem), file.document(), file.map(), file.source());
  }

  private List<String> longer(String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Refuses keys that nobody here understands: what they say would be left out unnoticed. */
  ForeignNode only(Set<String> keys) throws InvalidFile {
    if (!node.isObject()) {
      throw refuse("a mapping (key: value) is expected here, not " + Scalars.kindOf(node));
    }
    for (String key : node.propertyNames()) {
      if (!keys.contains(key)) {
        throw refuse(
            key, "Faultline cannot honour this: " + Words.unknown("key", key, new TreeSet<>(keys)));
      }
    }
    return this;
  }

  /** The part under a key, which must be there. */
  ForeignNode at(String key) throws InvalidFile {
    Optional<ForeignNode> part = maybe(key);
    return part.orElseThrow(() -> refuse(path, Refusal.Spot.KEY, "'%s' is missing".formatted(key)));
  }

  Optional<ForeignNode> maybe(String key) {
    return has(key)
        ? Optional.of(new ForeignNode(node.get(key), longer(key), file))
        : Optional.empty();
  }

  /** The entries of a list. */
  List<ForeignNode> list() throws InvalidFile {
    if (!node.isArray()) {
      throw refuse("a list is expected here, not " + Scalars.kindOf(node));
    }
    return IntStream.range(0, node.size())
        .mapToObj(i -> new ForeignNode(node.get(i), longer(String.valueOf(i)), file))
        .toList();
  }

  /** A text with something in it. */
  String text() throws InvalidFile {
    if (!node.isString() || node.stringValue().isBlank()) {
      throw refuse("a text is expected here, not " + Scalars.kindOf(node));
    }
    return node.stringValue().strip();
  }

  /** The text under a key, or nothing where it is absent or no text. */
  String textOr(String key, String otherwise) {
    return node.path(key).asString(otherwise);
  }

  /** A number, which some tools write as a text. */
  BigDecimal number() throws InvalidFile {
    if (node.isNumber()) {
      // YAML also calls .inf and .nan numbers; 1e-999999999 is one that would fill the memory.
      double size = node.asDouble(Double.NaN);
      if (!Double.isFinite(size) || (size == 0 && node.decimalValue().signum() != 0)) {
        throw refuse("no one can count with this number; write another, such as 99.9");
      }
      return node.decimalValue();
    }
    if (node.isString() && node.stringValue().matches("-?\\d{1,15}(\\.\\d{1,15})?")) {
      return new BigDecimal(node.stringValue());
    }
    throw refuse("a number is expected here, not " + Scalars.kindOf(node));
  }

  /** A duration as Prometheus writes it. */
  Duration duration() throws InvalidFile {
    String text = node.isString() ? node.stringValue() : node.asString("");
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (!PARTS.matcher(text).matches()) {
      throw refuse("a duration is expected here, such as 5m or 1h30m");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
    }
    return sum;
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      case "w" -> Duration.ofDays(7);
      default -> Duration.ofDays(365);
    };
  }
}
