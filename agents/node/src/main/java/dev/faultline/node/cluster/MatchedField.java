package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a route has rules for matched requests: {@value #ON}, or absent.
 *
 * @param rules which they are
 * @param others how many other rules led to the canary alone before: with more of them and none of
 *     these, somebody has changed ours
 */
public record MatchedField(MatchedRules rules, int others) implements NotedField {

  /** The value while the rules are there. */
  public static final String ON = "on";

  private static final String CHANGED = "changed";

  static Optional<NotedField> of(Json field) {
    Optional<WeightedRules> split = WeightsField.rules(field, "matched");
    List<String> is =
        Tree.items(field, "matched", "is").stream()
            .flatMap(
                value -> value instanceof Json.Text(String text) ? Stream.of(text) : Stream.empty())
            .toList();
    int others =
        Tree.text(field, "matched", "others")
            .filter(text -> text.matches("\\d{1,4}"))
            .map(Integer::parseInt)
            .orElse(0);
    return split.map(
        rules ->
            new MatchedField(
                new MatchedRules(
                    rules,
                    Tree.text(field, "matched", "header"),
                    Tree.text(field, "matched", "cookie"),
                    is),
                others));
  }

  @Override
  public String words() {
    return "rules to %s alone for a %s".formatted(rules.split().canary(), what());
  }

  private String what() {
    return rules
        .header()
        .map(name -> "header " + name)
        .orElseGet(() -> "cookie " + rules.cookie().orElse(""));
  }

  @Override
  public Optional<String> stated(Json object) {
    MatchedRules.Found found = rules.in(object);
    if (found.ours() > 0) {
      return Optional.of(ON);
    }
    return found.others() > others ? Optional.of(CHANGED) : Optional.empty();
  }

  /** The same for an object as the API server gives it. */
  public Optional<String> stated(String object) throws UnreadableNote {
    return stated(WeightedRules.parse(object));
  }

  @Override
  public Json patch(Json object, Json patch, Optional<String> value) throws UnreadableNote {
    if (value.isPresent() && !value.get().equals(ON)) {
      throw new UnreadableNote("'%s' says nothing of rules".formatted(value.get()));
    }
    List<Json> now = rules.split().rules(object, patch);
    return Tree.with(patch, rules.with(object, now, value.isPresent()), rules.split().path());
  }
}
