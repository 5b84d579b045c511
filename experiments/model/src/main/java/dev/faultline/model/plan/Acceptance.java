package dev.faultline.model.plan;

/** What a user can take upon himself that is refused otherwise. */
public enum Acceptance {
  /** Faults that nothing ends by itself when their controller is dead. */
  NO_LEASE
}
