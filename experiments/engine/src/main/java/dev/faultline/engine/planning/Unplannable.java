package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;

/** No plan can be made, and nothing was touched; the message says why and what to do. */
public final class Unplannable extends Exception {

  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  /** States why, and what that makes of the run: refused or not ready. */
  public Unplannable(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  /** Why, and what to do. */
  public String words() {
    return String.valueOf(getMessage());
  }

  /** What it makes of the run. */
  public Outcome outcome() {
    return outcome;
  }
}
