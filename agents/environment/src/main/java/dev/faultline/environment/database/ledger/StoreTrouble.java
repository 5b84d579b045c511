package dev.faultline.environment.database.ledger;

import dev.faultline.judge.BlindReason;

/** Why a database did not do what a ledger wanted of it; holds no secret. */
public final class StoreTrouble extends Exception {

  private static final long serialVersionUID = 1;

  private final BlindReason reason;

  /**
   * A trouble.
   *
   * @param reason whether it refused, was late or was not there
   * @param words one line of bounded length
   */
  public StoreTrouble(BlindReason reason, String words) {
    super(words);
    this.reason = reason;
  }

  /** Whether it refused, was late or was not there. */
  public BlindReason reason() {
    return reason;
  }

  /** What happened, in one line. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
