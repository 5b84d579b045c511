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
  private static final double SPREAD = 0.005;

  private static final double[] FRACTIONS = {0, 0.1, 0.3, 0.6, 0.95};

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

  /** After one bet. */
  Wealth after(Bet bet) {
    double[] next = new double[parts.length];
    double sum = 0;
    for (int i = 0; i < next.length; i++) {
      next[i] = parts[i] * bet.factor(FRACTIONS[i]);
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

  /** The logarithm of what a bet makes of each part, less what is spread. */
  static double[] growths(Bet bet) {
    double[] growths = new double[FRACTIONS.length];
    Arrays.setAll(growths, i -> Math.log(bet.factor(FRACTIONS[i]) * (1 - SPREAD)));
    return growths;
  }

  /** Among how many bets it is divided. */
  static int size() {
    return FRACTIONS.length;
  }
}
