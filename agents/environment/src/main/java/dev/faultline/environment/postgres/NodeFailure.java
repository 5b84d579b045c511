package dev.faultline.environment.postgres;

/** A server did not do what it was told; the message names it, and says why and what it printed. */
final class NodeFailure extends Exception {

  private static final long serialVersionUID = 1L;

  NodeFailure(String message) {
    super(message);
  }

  NodeFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
