package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.Optional;

/**
 * Whether the split rules of a route copy requests to the canary: {@value #ON}, or absent.
 *
 * @param rules which they are
 * @param percent of the requests, from 1 to 100
 */
public record MirroredField(MirroredRules rules, int percent) implements NotedField {

  /** The value while requests are copied, however many. */
  public static final String ON = "on";

  static Optional<NotedField> of(Json field) {
    return WeightsField.rules(field, "mirrored")
        .flatMap(
            rules ->
                Tree.text(field, "mirrored", "percent")
                    .filter(text -> text.matches("[1-9]\\d?|100"))
                    .map(
                        text ->
                            new MirroredField(new MirroredRules(rules), Integer.parseInt(text))));
  }

  @Override
  public String words() {
    return "mirror to " + rules.split().canary();
  }

  @Override
  public Optional<String> stated(Json object) {
    return rules.in(object).stream().anyMatch(copies -> copies > 0)
        ? Optional.of(ON)
        : Optional.empty();
  }

  /** The same for an object as the API server gives it. */
  public Optional<String> stated(String object) throws UnreadableNote {
    return stated(WeightedRules.parse(object));
  }

  @Override
  public Json patch(Json object, Json patch, Optional<String> value) throws UnreadableNote {
    if (value.isPresent() && !value.get().equals(ON)) {
      throw new UnreadableNote("'%s' says nothing of mirrors".formatted(value.get()));
    }
    return Tree.with(
        patch,
        rules.with(object, rules.split().rules(object, patch), value.isPresent() ? percent : 0),
        rules.split().path());
  }
}
