package dev.faultline.model.policy;

import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * Something that must hold. Its expressions are of CEL, the Common Expression Language of
 * Kubernetes' own policies; or the Open Policy Agent decides by a rule in Rego.
 *
 * @param name names it within the policy: lower-case letters, digits and {@code -}
 * @param of what it judges; {@code plan} when absent
 * @param when judges only where this holds; always when absent
 * @param require what must hold; or else {@code deny}
 * @param deny a rule of the Open Policy Agent, such as {@code data.release.deny}, which says what
 *     is wrong: texts, or true
 * @param message why, for those whom it stops; must be given
 * @param at the part of the file that is to blame, such as {@code spec.faults}; its name when
 *     absent
 * @param level what becomes of what breaks it; {@code refuse} when absent
 */
public record PolicyRule(
    String name,
    Optional<Judged> of,
    Optional<String> when,
    Optional<String> require,
    Optional<String> deny,
    String message,
    Optional<String> at,
    Optional<Level> level) {

  /** What a rule judges. */
  public enum Judged {
    /** The plan of an experiment or a rollout, with its file and environment. */
    PLAN,
    /** An object of Kubernetes that is to be released. */
    MANIFEST
  }

  /** What becomes of what breaks a rule. */
  public enum Level {
    /** Nothing is touched. */
    REFUSE,
    /** It is said. */
    WARN
  }

  /** Requires a name, what must hold, and why. */
  public PolicyRule {
    InvalidValue.required(name, "name");
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new InvalidValue(
          "name",
          "'%s' is no name of a rule: lower-case letters, digits and '-', 63 in all"
              .formatted(name));
    }
    if (require.isPresent() == deny.isPresent()) {
      throw new InvalidValue(
          deny.isPresent() ? "deny" : "require",
          "a rule has 'require', an expression of CEL, or 'deny', a rule in Rego");
    }
    if (deny.isPresent() && !deny.get().matches("data(\\.[A-Za-z_][A-Za-z0-9_]{0,99}){1,20}")) {
      throw new InvalidValue(
          "deny",
          "'%s' is no rule in Rego; write it such as data.release.deny".formatted(deny.get()));
    }
    InvalidValue.required(message, "message");
    if (message.isBlank()) {
      throw new InvalidValue("message", "say why, for those whom this stops");
    }
    if (at.isPresent() && !at.get().matches("[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*")) {
      throw new InvalidValue(
          "at", "'%s' is no part of a file; write it such as spec.faults".formatted(at.get()));
    }
  }

  /** What it judges. */
  public Judged judges() {
    return of.orElse(Judged.PLAN);
  }

  /** Whether what breaks it is refused, and not only told. */
  public boolean refuses() {
    return level.orElse(Level.REFUSE) == Level.REFUSE;
  }
}
