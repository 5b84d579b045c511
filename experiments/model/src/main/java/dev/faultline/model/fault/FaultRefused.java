package dev.faultline.model.fault;

/** A fault cannot be put into force at a target; the message says why and what would do. */
public final class FaultRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** States why. */
  public FaultRefused(String message) {
    super(message);
  }
}
