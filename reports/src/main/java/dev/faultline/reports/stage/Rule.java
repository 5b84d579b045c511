package dev.faultline.reports.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of problems that a stage finds. */
public enum Rule {
  /** A file is refused. */
  INVALID_FILE(Level.ERROR, "A file cannot be taken at its word", "Nothing was touched."),
  /** No plan can be made. */
  NO_PLAN(Level.ERROR, "No plan can be made", "Refused, or not ready; nothing was touched."),
  /** What a reader of a plan should know. */
  PLAN_NOTE(Level.NOTE, "A note of the plan", "'faultline plan' prints it too."),
  /** A gate was breached. */
  GATE_BREACHED(Level.ERROR, "A gate was breached", "The report shows each look at the gate."),
  /** A gate could not see. */
  GATE_BLIND(Level.ERROR, "A gate could not see", "What is not seen never counts as good."),
  /** Something may still be in force. */
  UNDO_NOT_PROVEN(Level.ERROR, "An undo is not proven", "Run 'faultline undo'."),
  /** Another reason why a run did not pass. */
  NOT_PASSED(Level.ERROR, "A run did not pass", "The report has every reason."),
  /** A figure is worse than in the last accepted run. */
  WORSE(
      Level.WARNING,
      "A figure is worse than in the last accepted run",
      "A test tells the difference from chance, and it matters."),
  /** What is to be released breaks a rule. */
  POLICY(Level.ERROR, "A rule of a policy is broken", "Nothing was touched.");

  private final Level level;
  private final String title;
  private final String help;

  Rule(Level level, String title, String help) {
    this.level = level;
    this.title = title;
    this.help = help;
  }

  /** How bad a problem is. */
  public enum Level {
    /** The stage does not pass with it. */
    ERROR,
    /** Worth a look. */
    WARNING,
    /** Worth knowing. */
    NOTE
  }

  /** Names it to programs, such as {@code gate-breached}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How bad it is as a rule. */
  public Level level() {
    return level;
  }

  /** What it is, in a few words. */
  public String title() {
    return title;
  }

  /** What to do, or what it means. */
  public String help() {
    return help;
  }

  /** Every rule, in the order of its number. */
  public static List<Rule> all() {
    return Arrays.asList(values());
  }
}
