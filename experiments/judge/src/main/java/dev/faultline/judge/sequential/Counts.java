package dev.faultline.judge.sequential;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * A number of bad requests in one look, as a few values with their chances: all that matter where
 * few are expected, else the middles of equally probable ranges.
 *
 * @param values from 0 on
 * @param chances they sum to 1
 */
record Counts(double[] values, double[] chances) {

  private static final double FEW = 30;
  private static final int RANGES = 40;
  private static final double RARE = 1e-9;

  /** Those of independent requests. */
  static Counts poisson(double mean) {
    if (mean <= 0) {
      return new Counts(new double[] {0}, new double[] {1});
    }
    PoissonDistribution distribution = PoissonDistribution.of(mean);
    if (mean > FEW) {
      double[] values = new double[RANGES];
      Arrays.setAll(values, i -> distribution.inverseCumulativeProbability((i + 0.5) / RANGES));
      double[] chances = new double[RANGES];
      Arrays.fill(chances, 1.0 / RANGES);
      return new Counts(values, chances);
    }
    int size = distribution.inverseSurvivalProbability(RARE) + 1;
    double[] values = new double[size];
    double[] chances = new double[size];
    Arrays.setAll(values, i -> i);
    Arrays.setAll(chances, distribution::probability);
    return new Counts(values, chances);
  }
}
