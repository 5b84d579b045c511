package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.policy.Opa;
import dev.faultline.model.policy.PolicyCase;
import dev.faultline.model.policy.PolicyRule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a policy.
 *
 * @param rules what must hold; at least one
 * @param opa who decides the rules that are in Rego
 * @param tests examples of what breaks them, and of what does not, for {@code faultline policy
 *     test}
 */
public record PolicySpec(List<PolicyRule> rules, Optional<Opa> opa, List<PolicyCase> tests) {

  /** Refuses a policy of which nothing would come. */
  public PolicySpec {
    rules = List.copyOf(rules);
    tests = List.copyOf(tests);
    if (rules.isEmpty()) {
      throw new InvalidValue("rules", "a policy needs at least one rule");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).deny().isPresent() && opa.isEmpty()) {
        throw new InvalidValue(
            "rules/%d/deny".formatted(i),
            "nobody decides it; say who beside 'rules', such as opa: {modules: release.rego}");
      }
      if (!names.add(rules.get(i).name())) {
        throw new InvalidValue(
            "rules/%d/name".formatted(i),
            "two rules are called '%s'; give one another name".formatted(rules.get(i).name()));
      }
    }
    for (int i = 0; i < tests.size(); i++) {
      List<String> broken = tests.get(i).breaks();
      for (int j = 0; j < broken.size(); j++) {
        if (!names.contains(broken.get(j))) {
          throw new InvalidValue(
              "tests/%d/breaks/%d".formatted(i, j),
              "no rule is called '%s'".formatted(broken.get(j)));
        }
      }
    }
  }
}
