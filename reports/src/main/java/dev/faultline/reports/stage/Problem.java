package dev.faultline.reports.stage;

import dev.faultline.reports.stage.Rule.Level;

/**
 * Something that was found, at its place.
 *
 * @param rule its kind
 * @param level how bad it is
 * @param subject the gate, fault or experiment it speaks of; the same from build to build
 * @param at where it was written
 * @param words what is wrong
 */
public record Problem(Rule rule, Level level, String subject, Located at, String words) {

  /** A problem as bad as its kind. */
  public Problem(Rule rule, String subject, Located at, String words) {
    this(rule, rule.level(), subject, at, words);
  }

  /** A file that is refused at a place. */
  public static Problem invalid(Located at, String words) {
    return new Problem(Rule.INVALID_FILE, at.file(), at, words);
  }
}
