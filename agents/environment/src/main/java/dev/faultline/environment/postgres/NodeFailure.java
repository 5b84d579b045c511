package dev.faultline.environment.postgres;

/** A server did not do what it was told; the message names it, and says why and what it printed. */
public final class NodeFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** States what was not done. */
  public NodeFailure(String message) {
    super(message);
  }

  /** States what was not done and what caused it. */
  public NodeFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
