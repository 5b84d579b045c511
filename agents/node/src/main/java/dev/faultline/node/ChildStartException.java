package dev.faultline.node;

import java.io.IOException;

/**
 * A child could not be started, or nobody wanted it any more. What had been started of it has been
 * killed, perhaps after it had run for a moment; what it had started itself by then may live on.
 */
public final class ChildStartException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What stood in the way. */
  public enum Reason {
    /** {@code setpriv} or {@code setsid} of util-linux is missing or too old. */
    MISSING_TOOL,
    /** The program is not there, or may not be executed. */
    NOT_EXECUTABLE,
    /** The program changes its user, group or capabilities, which would unbind it from us. */
    CANNOT_BIND,
    /** Starting failed in another way. */
    FAILED
  }

  private final Reason reason;

  ChildStartException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What stood in the way, in words, and what the system said. */
  public ChildStartException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What stood in the way. */
  public Reason reason() {
    return reason;
  }
}
