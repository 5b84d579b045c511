package dev.faultline.environment.request;

import dev.faultline.judge.BlindReason;
import java.io.IOException;

/** A request that somebody should have passed on did not come to whom it was meant for. */
public final class NotPassed extends IOException {

  private static final long serialVersionUID = 1;

  private final BlindReason reason;
  private final boolean onTheWay;

  /**
   * Says why.
   *
   * @param onTheWay whether it says nothing about whom the request was meant for
   */
  public NotPassed(BlindReason reason, String words, boolean onTheWay) {
    super(words);
    this.reason = reason;
    this.onTheWay = onTheWay;
  }

  /** Why nothing could be read. */
  public BlindReason reason() {
    return reason;
  }

  /** Whether it says nothing about whom the request was meant for. */
  public boolean isOnTheWay() {
    return onTheWay;
  }

  /** Why, in one line. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
