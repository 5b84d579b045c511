package dev.faultline.judge.sequential;

import java.util.Arrays;

/**
 * The fortune of a gambler who bets that numbers from 0 to 1 have a mean above a bound. As long as
 * each mean is at most its bound, given all that was seen before, no way of betting lets the
 * fortune grow on average: it is a supermartingale that starts at 1. Nothing else is assumed of the
 * numbers.
 *
 * <p>A bet of fraction {@code f} multiplies by {@code 1 + f (x − bound) / bound} (I. Waudby-Smith
 * and A. Ramdas, <i>Estimating means of bounded random variables by betting</i>, Journal of the
 * Royal Statistical Society B 86, 2024). Which fraction is best depends on how much worse things
 * are, and on how bursts spread the numbers. So the fortune is divided among a few, of which one
 * does not bet, and after each bet one part in 200 is spread evenly again (M. Herbster and M.
 * Warmuth, <i>Tracking the best expert</i>, Machine Learning 32, 1998): what was lost in hours of
 * health is not missing when things turn bad. In simulation this sees regressions as early as bets
 * that adapt by online Newton steps, earlier where bad requests are rare, and nearly everywhere
 * earlier than aGRAPA.
 *
 * <p>A fraction is below 1, so no number ruins the gambler, and every divided part stays positive.
 */
final class Wealth {

  /** The part that is spread evenly after each bet. */
  static final double SPREAD = 0.005;

  private static final double[] FRACTIONS = {0, 0.1, 0.3, 0.6, 0.95};

  /** Smaller bounds count as this one, which is to the gambler's disadvantage. */
  private static final double LEAST_BOUND = 1e-6;

  private final double log;
  private final double[] parts;

  private Wealth(double log, double[] parts) {
    this.log = log;
    this.parts = parts;
  }

  /** What a gambler begins with. */
  static Wealth one() {
    double[] parts = new double[FRACTIONS.length];
    Arrays.fill(parts, 1.0 / parts.length);
    return new Wealth(0, parts);
  }

  /**
   * After one bet.
   *
   * @param x what came, from 0 to 1
   * @param bound the most that its mean may be, from 0 to 1
   */
  Wealth after(double x, double bound) {
    double fair = Math.max(bound, LEAST_BOUND);
    double[] next = new double[parts.length];
    double sum = 0;
    for (int i = 0; i < next.length; i++) {
      next[i] = parts[i] * factor(FRACTIONS[i], x, fair);
      sum += next[i];
    }
    for (int i = 0; i < next.length; i++) {
      next[i] = (1 - SPREAD) * next[i] / sum + SPREAD / next.length;
    }
    return new Wealth(log + Math.log(sum), next);
  }

  /** The natural logarithm of the fortune. */
  double log() {
    return log;
  }

  /** By how much a bet of this fraction multiplies what is laid on it; at least 1 − fraction. */
  static double factor(double fraction, double x, double bound) {
    return 1 + fraction * (x - bound) / bound;
  }

  /** The fractions among which the fortune is divided. */
  static double[] fractions() {
    return FRACTIONS.clone();
  }
}
