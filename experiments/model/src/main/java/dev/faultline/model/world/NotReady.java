package dev.faultline.model.world;

/** The environment is not fit for a run; the message says why and what to do. */
public final class NotReady extends Exception {

  private static final long serialVersionUID = 1L;

  /** States what is not ready. */
  public NotReady(String message) {
    super(message);
  }

  /** States what is not ready and what caused it. */
  public NotReady(String message, Throwable cause) {
    super(message, cause);
  }
}
