package dev.faultline.policy;

import dev.faultline.model.policy.PolicyRule;
import java.util.Arrays;
import java.util.List;

/**
 * A rule that something breaks.
 *
 * @param policy the policy that has it
 * @param rule the rule
 * @param undecided why it cannot be said whether it holds; empty where it does not. What is not
 *     known to hold counts as broken
 */
public record Breach(String policy, PolicyRule rule, String undecided) {

  /** What is broken, and why that is forbidden. */
  public String words() {
    String words = "policy %s, %s: %s".formatted(policy, rule.name(), rule.message());
    return undecided.isEmpty()
        ? words
        : "%s (it cannot be decided: %s)".formatted(words, undecided);
  }

  /** The part of the file that is to blame. */
  public List<String> path() {
    return rule.at()
        .map(at -> Arrays.asList(at.split("\\.")))
        .orElseGet(() -> List.of("metadata", "name"));
  }
}
