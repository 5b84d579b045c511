package dev.faultline.judge.twosample;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How sure a difference can be that was seen in so many blocks of time.
 *
 * @param first blocks of the first sample, at least 2
 * @param second blocks of the second one
 */
record Blocks(int first, int second) {

  private static final double CONFIDENCE = 0.95;

  Blocks {
    if (first < 2 || second < 2) {
      throw new IllegalArgumentException("two blocks of each sample are needed at least");
    }
  }

  /**
   * The two-sided p-value of a statistic that is t-distributed with one degree of freedom for each
   * block but two; never less than a permutation of the blocks between the samples could give.
   */
  double pValue(double statistic) {
    double p = 2 * students().survivalProbability(Math.abs(statistic));
    return Math.clamp(p, Math.min(1, 2 / permutations()), 1);
  }

  /** How many standard errors to either side hold the truth in 95 of 100 cases. */
  double quantile() {
    return students().inverseCumulativeProbability((1 + CONFIDENCE) / 2);
  }

  private TDistribution students() {
    return TDistribution.of(first + second - 2.0);
  }

  private double permutations() {
    double ways = 1;
    for (int i = 1; i <= first; i++) {
      ways *= (double) (second + i) / i;
    }
    return ways;
  }
}
