package dev.faultline.policy;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The Open Policy Agent, wherever it is. Thread-safe. */
sealed interface Decider permits OpaProgram, OpaServer {

  /**
   * The value of a rule.
   *
   * @param rule such as {@code data.release.deny}
   * @param input what is judged
   * @return missing where the rule has no value
   * @throws Undecided when there is no answer
   */
  JsonNode value(String rule, Object input) throws Undecided;

  /**
   * What a rule finds wrong; nothing where it denies nothing. A rule that is not there would deny
   * nothing either, so it cannot be decided.
   */
  default List<String> denied(String rule, Object input) throws Undecided {
    JsonNode value = value(rule, input);
    if (value.isBoolean()) {
      return value.booleanValue() ? List.of("denied") : List.of();
    }
    if (!value.isArray()) {
      throw new Undecided(
          value.isMissingNode()
              ? rule + " has no value: is it spelt as in its module?"
              : rule + " is neither true, nor false, nor texts that say what is wrong");
    }
    return value.valueStream().map(Decider::words).toList();
  }

  /** A text, or the text in an object that says more about it. */
  private static String words(JsonNode said) {
    String text = said.isObject() ? said.path("msg").asString("") : said.asString("");
    return (text.isEmpty() ? said.toString() : text).replaceAll("\\s+", " ").strip();
  }
}
