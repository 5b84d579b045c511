package dev.faultline.environment.route;

/** A share in hundredths of a percent, as routers take it whose weights are not bounded. Pure. */
final class Parts {

  /** How many there are. */
  static final int WHOLE = 10_000;

  private Parts() {}

  /**
   * The nearest number of parts. A canary that is to have something has at least one, and one that
   * is not to have all leaves one.
   *
   * @param share from 0 to 1
   */
  static int of(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
    }
    return Math.clamp(Math.round(share * WHOLE), share > 0 ? 1 : 0, share < 1 ? WHOLE - 1 : WHOLE);
  }
}
