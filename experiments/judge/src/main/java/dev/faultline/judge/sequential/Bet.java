package dev.faultline.judge.sequential;

import java.util.Optional;

/**
 * One number that is bet on.
 *
 * @param x what came, from 0 to 1
 * @param bound the most that its mean may be while the claim is false, more than 0 and at most 1
 */
record Bet(double x, double bound) {

  /** Smaller bounds count as this one, which is to the gambler's disadvantage. */
  private static final double LEAST_BOUND = 1e-6;

  /** A bound that is 0, or nearly, would make one number decide. */
  Bet {
    bound = Math.max(bound, LEAST_BOUND);
  }

  /**
   * On the canary's share of the bad requests of a look; none where there is nothing to compare.
   */
  static Optional<Bet> of(Claim claim, Tolerance tolerance, Look look) {
    double bad = look.canary().bad();
    double all = bad + tolerance.padded(look.stable());
    if (!look.comparable() || all == 0) {
      return Optional.empty();
    }
    double share = tolerance.share(look);
    return Optional.of(
        switch (claim) {
          case WORSE -> new Bet(bad / all, share);
          case NOT_WORSE -> new Bet(1 - bad / all, 1 - share);
        });
  }

  /** By how much it multiplies what is laid on it with a fraction; at least 1 − fraction. */
  double factor(double fraction) {
    return 1 + fraction * (x - bound) / bound;
  }
}
