package dev.faultline.environment.hands;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ${...}} stands for in the texts of an environment.
 *
 * @param values by name
 */
public record Placeholders(Map<String, String> values) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  /** Keeps the values unchangeable. */
  public Placeholders {
    values = Map.copyOf(values);
  }

  /**
   * The text with all placeholders replaced.
   *
   * @throws InvalidValue when one of them is unknown
   */
  public String expand(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
  }

  /** The names of all that a text speaks of. */
  public static List<String> namesIn(String text) {
    return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The same for each of several texts. */
  public List<String> expand(List<String> texts) {
    return texts.stream().map(this::expand).toList();
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new InvalidValue(
          "unknown placeholder ${%s}%s; known: %s"
              .formatted(
                  name,
                  Words.nearest(name, values.keySet())
                      .map(near -> ", did you mean ${%s}?".formatted(near))
                      .orElse(""),
                  String.join(
                      ", ",
                      new TreeMap<>(values).keySet().stream().map("${%s}"::formatted).toList())));
    }
    return value;
  }
}
