package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The weights of two backends in the rules of a route, all of them as one value.
 *
 * @param rules where they are
 */
record WeightsField(WeightedRules rules) implements NotedField {

  private static final String PAIRS = "\\d{0,9}:\\d{0,9}(, \\d{0,9}:\\d{0,9})*";

  /** The field, where a note names one of weights. */
  static Optional<NotedField> of(Json field) {
    return rules(field, "weights").map(WeightsField::new);
  }

  /** The rules that a field of this word is about. */
  static Optional<WeightedRules> rules(Json field, String word) {
    List<String> names =
        Stream.of("of", "stable", "canary")
            .flatMap(name -> Tree.text(field, word, name).stream())
            .toList();
    return names.size() < 3
        ? Optional.empty()
        : WeightedRules.Of.of(names.getFirst())
            .map(of -> new WeightedRules(of, names.get(1), names.get(2)));
  }

  @Override
  public String words() {
    return "weights of %s and %s".formatted(rules.stable(), rules.canary());
  }

  @Override
  public Optional<String> stated(Json object) {
    return rules.stated(object);
  }

  /** A list is replaced as a whole. */
  @Override
  public Json patch(Json object, Json patch, Optional<String> value) throws UnreadableNote {
    String pairs = value.orElse("");
    if (!pairs.matches(PAIRS)) {
      throw new UnreadableNote("'%s' are no weights".formatted(pairs));
    }
    return Tree.with(
        patch,
        rules.with(object, rules.rules(object, patch), List.of(pairs.split(", ", -1))),
        rules.path());
  }
}
