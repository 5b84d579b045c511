package dev.faultline.policy;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedPolicy;
import dev.faultline.model.policy.Opa;
import dev.faultline.model.policy.PolicyRule;
import dev.faultline.policy.Expressions.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of some policies, ready to judge. Thread-safe. */
public final class Rulebook {

  private final List<Ready> rules;

  private record Ready(
      String policy, PolicyRule rule, Optional<Expression> when, boolean ofApprovals, Test test) {

    /** Whether it can be judged only when a plan is run. */
    boolean awaits(Subject subject) {
      boolean asks = ofApprovals || when.filter(one -> one.asks(Variable.APPROVALS)).isPresent();
      return asks && !subject.knows(Variable.APPROVALS);
    }

    Breach breach(String undecided, List<String> details, boolean awaits) {
      return new Breach(policy, rule, undecided, details, awaits);
    }
  }

  /** What a rule finds wrong. */
  @FunctionalInterface
  private interface Test {
    List<String> wrong(Subject subject) throws Undecided;
  }

  private Rulebook(List<Ready> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads the expressions of policies, and has their modules of Rego read.
   *
   * @throws InvalidFile when one is no expression, or none that is true or false, or no module
   */
  public static Rulebook of(List<LoadedPolicy> policies) throws InvalidFile {
    List<Ready> ready = new ArrayList<>();
    Expressions expressions = new Expressions();
    for (LoadedPolicy policy : policies) {
      Optional<Decider> decider = decider(policy);
      for (int i = 0; i < policy.spec().rules().size(); i++) {
        ready.add(ready(policy, i, expressions, decider));
      }
    }
    return new Rulebook(ready);
  }

  private static Optional<Decider> decider(LoadedPolicy policy) throws InvalidFile {
    if (policy.spec().opa().isEmpty()) {
      return Optional.empty();
    }
    Opa opa = policy.spec().opa().get();
    if (opa.url().isPresent()) {
      return Optional.of(
          new OpaServer(opa.url().get(), opa.bearerTokenFile().map(policy.folder()::resolve)));
    }
    OpaProgram program = new OpaProgram(opa.command(), opa.modules(), policy.folder());
    try {
      program.check();
    } catch (Undecided unread) {
      throw policy.refuse(List.of("spec", "opa"), unread.words());
    }
    return Optional.of(program);
  }

  private static Ready ready(
      LoadedPolicy policy, int number, Expressions expressions, Optional<Decider> decider)
      throws InvalidFile {
    PolicyRule rule = policy.spec().rules().get(number);
    List<String> at = List.of("spec", "rules", String.valueOf(number));
    Optional<Expression> when = Optional.empty();
    if (rule.when().isPresent()) {
      when = Optional.of(expression(policy, at, "when", rule.when().get(), rule, expressions));
    }
    if (rule.deny().isPresent()) {
      Decider opa = decider.orElseThrow();
      return new Ready(
          policy.name(),
          rule,
          when,
          false,
          subject -> opa.denied(rule.deny().get(), subject.input()));
    }
    Expression holds =
        expression(policy, at, "require", rule.require().orElseThrow(), rule, expressions);
    return new Ready(
        policy.name(),
        rule,
        when,
        holds.asks(Variable.APPROVALS),
        subject -> holds.holds(subject.values()) ? List.of() : List.of(""));
  }

  private static Expression expression(
      LoadedPolicy policy,
      List<String> at,
      String key,
      String text,
      PolicyRule rule,
      Expressions expressions)
      throws InvalidFile {
    try {
      return expressions.of(rule.judges(), text);
    } catch (CelValidationException wrong) {
      List<String> path = new ArrayList<>(at);
      path.add(key);
      throw policy.refuse(path, words(wrong));
    }
  }

  private static String words(CelValidationException wrong) {
    CelIssue first = wrong.getErrors().getFirst();
    return "this is no expression of CEL that can be judged: %s (at its character %d)"
        .formatted(first.getMessage(), first.getSourceLocation().getColumn() + 1);
  }

  /** Whether there is nothing to judge. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** The rules that something breaks, or may break, in the order of policies and rules. */
  public List<Breach> judge(Subject subject) {
    List<Breach> breaches = new ArrayList<>();
    for (Ready ready : rules) {
      if (ready.rule().judges() != subject.kind()) {
        continue;
      }
      if (ready.awaits(subject)) {
        breaches.add(ready.breach("", List.of(), true));
      } else {
        judge(ready, subject).ifPresent(breaches::add);
      }
    }
    return breaches;
  }

  private static Optional<Breach> judge(Ready ready, Subject subject) {
    try {
      if (ready.when().isPresent() && !ready.when().get().holds(subject.values())) {
        return Optional.empty();
      }
      List<String> wrong = ready.test().wrong(subject);
      return wrong.isEmpty()
          ? Optional.empty()
          : Optional.of(
              ready.breach("", wrong.stream().filter(words -> !words.isEmpty()).toList(), false));
    } catch (Undecided unknown) {
      return Optional.of(ready.breach(unknown.words(), List.of(), false));
    }
  }
}
