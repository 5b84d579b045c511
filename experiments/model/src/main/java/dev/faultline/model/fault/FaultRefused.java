package dev.faultline.model.fault;

/** A fault cannot be put into force at a target; the message says why and what would do. */
public final class FaultRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean guarded;

  /** States why. */
  public FaultRefused(String message) {
    this(message, false);
  }

  private FaultRefused(String message, boolean guarded) {
    super(message);
    this.guarded = guarded;
  }

  /** States why it must not be although it could: it would take Faultline with it. */
  static FaultRefused byGuardRail(String message) {
    return new FaultRefused(message, true);
  }

  /** Whether it could be, and a guard rail keeps it from happening. */
  public boolean isGuarded() {
    return guarded;
  }
}
