package dev.faultline.judge.sequential;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * A number of bad requests that a look may have.
 *
 * @param value from 0 on
 * @param chance from 0 to 1
 */
record Count(double value, double chance) {

  private static final double FEW = 30;
  private static final int RANGES = 40;
  private static final double RARE = 1e-9;

  /**
   * Those of independent requests: all that matter where few are expected, else the middles of
   * equally probable ranges.
   */
  static List<Count> poisson(double mean) {
    if (mean <= 0) {
      return List.of(new Count(0, 1));
    }
    PoissonDistribution counts = PoissonDistribution.of(mean);
    if (mean > FEW) {
      return IntStream.range(0, RANGES)
          .mapToDouble(i -> counts.inverseCumulativeProbability((i + 0.5) / RANGES))
          .mapToObj(value -> new Count(value, 1.0 / RANGES))
          .toList();
    }
    return IntStream.rangeClosed(0, counts.inverseSurvivalProbability(RARE))
        .mapToObj(value -> new Count(value, counts.probability(value)))
        .toList();
  }
}
