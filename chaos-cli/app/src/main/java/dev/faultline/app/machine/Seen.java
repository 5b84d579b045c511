package dev.faultline.app.machine;

/**
 * What was looked at.
 *
 * @param name what it is called
 * @param level how good it is
 * @param detail what was seen
 * @param purpose what it is needed for
 * @param fix the way out; empty where all is well
 */
public record Seen(String name, Level level, String detail, String purpose, String fix) {

  /** How good something is. */
  public enum Level {
    /** It is there. */
    OK,
    /** Something cannot be done without it, which this experiment may not need. */
    WARNING,
    /** What was asked about cannot be done without it. */
    MISSING
  }

  static Seen ok(String name, String detail, String purpose) {
    return new Seen(name, Level.OK, detail, purpose, "");
  }

  static Seen warning(String name, String detail, String purpose, String fix) {
    return new Seen(name, Level.WARNING, detail, purpose, fix);
  }

  static Seen missing(String name, String detail, String purpose, String fix) {
    return new Seen(name, Level.MISSING, detail, purpose, fix);
  }

  /** The same where an experiment needs it. */
  Seen needed() {
    return level == Level.WARNING ? missing(name, detail, purpose, fix) : this;
  }
}
