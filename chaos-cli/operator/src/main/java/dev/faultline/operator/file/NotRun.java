package dev.faultline.operator.file;

import dev.faultline.judge.Outcome;

/** An object is not run, and nothing was touched; the message says why and what to do. */
public final class NotRun extends Exception {

  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final String reason;
  private final boolean waits;

  private NotRun(Outcome outcome, String reason, boolean waits, String message) {
    super(message);
    this.outcome = outcome;
    this.reason = reason;
    this.waits = waits;
  }

  /** It says something that is not understood; {@link Outcome#REFUSED} is the nearest outcome. */
  static NotRun invalid(String message) {
    return new NotRun(Outcome.REFUSED, "Invalid", false, message);
  }

  /** It asks for what an operator does not do for others. */
  static NotRun untrusted(String message) {
    return new NotRun(Outcome.REFUSED, "NotForAnOperator", false, message);
  }

  /** It names something that is not there yet. */
  static NotRun waiting(String reason, String message) {
    return new NotRun(Outcome.NOT_READY, reason, true, message);
  }

  /** What it makes of the run. */
  public Outcome outcome() {
    return outcome;
  }

  /** Why, in a word. */
  public String reason() {
    return reason;
  }

  /** Whether it may be run once something else has come. */
  public boolean waits() {
    return waits;
  }

  /** Why, and what to do. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
