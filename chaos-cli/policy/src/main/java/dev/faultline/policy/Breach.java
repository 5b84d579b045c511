package dev.faultline.policy;

import dev.faultline.model.policy.PolicyRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that something breaks.
 *
 * @param policy the policy that has it
 * @param rule the rule
 * @param undecided why it cannot be said whether it holds; empty where it does not. What is not
 *     known to hold counts as broken
 * @param details what a rule in Rego says of it; none of a rule in CEL
 * @param awaits whether it is about approvals, and judged only when the plan is run
 */
public record Breach(
    String policy, PolicyRule rule, String undecided, List<String> details, boolean awaits) {

  private static final int MOST_DETAILS = 5;

  /** Keeps the details unchangeable. */
  public Breach {
    details = List.copyOf(details);
  }

  /** Whether nothing may be run, or released, for it. */
  public boolean refuses() {
    return rule.refuses() && !awaits;
  }

  /** What is broken, and why that is forbidden. */
  public String words() {
    String words = "policy %s, %s: %s".formatted(policy, rule.name(), rule.message());
    if (awaits) {
      return words + " (judged when it is run, by who has approved it)";
    }
    if (!undecided.isEmpty()) {
      return "%s (it cannot be decided: %s)".formatted(words, undecided);
    }
    String said = details.stream().limit(MOST_DETAILS).collect(Collectors.joining(", "));
    String more =
        details.size() > MOST_DETAILS
            ? ", and %d more".formatted(details.size() - MOST_DETAILS)
            : "";
    return said.isEmpty() ? words : "%s (%s%s)".formatted(words, said, more);
  }

  /** The part of the file that is to blame. */
  public List<String> path() {
    return rule.at()
        .map(at -> Arrays.asList(at.split("\\.")))
        .orElseGet(() -> List.of("metadata", "name"));
  }
}
