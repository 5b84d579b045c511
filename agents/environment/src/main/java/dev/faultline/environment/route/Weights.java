package dev.faultline.environment.route;

/**
 * How two servers of HAProxy share new requests.
 *
 * @param stable from 0 to {@value #WHOLE}
 * @param canary from 0 to {@value #WHOLE}; not both are 0, as nobody would be served then
 */
public record Weights(int stable, int canary) {

  /** The largest weight there is, and what two weights of a share are together. */
  public static final int WHOLE = 256;

  /** All to the stable version. */
  public static final Weights ALL_STABLE = new Weights(WHOLE, 0);

  /** Refuses what is no weight. */
  public Weights {
    if (stable < 0 || canary < 0 || stable > WHOLE || canary > WHOLE || stable + canary == 0) {
      throw new IllegalArgumentException("no weights: %d and %d".formatted(stable, canary));
    }
  }

  /**
   * Those that come nearest to a share of the canary in steps of 1/256. A canary that is to have
   * something has at least one step, and one that is not to have all leaves one.
   *
   * @param share from 0 to 1
   */
  public static Weights of(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
    }
    int least = share > 0 ? 1 : 0;
    int most = share < 1 ? WHOLE - 1 : WHOLE;
    int canary = Math.clamp(Math.round(share * WHOLE), least, most);
    return new Weights(WHOLE - canary, canary);
  }

  /** The canary's part of new requests, from 0 to 1, while both serve. */
  public double share() {
    return (double) canary / (stable + canary);
  }
}
