package dev.faultline.judge.twosample;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How much larger the mean of a second sample is, where each of its values stands for a block of
 * time: what comes in bursts makes the blocks scatter, and the interval wide.
 *
 * <p>Welch, <em>The generalization of "Student's" problem when several different population
 * variances are involved</em>, Biometrika 34 (1947), with degrees of freedom as there.
 *
 * @param mean of the second sample less that of the first
 * @param low where the true difference begins, with a confidence of 95%
 * @param high where it ends
 */
public record MeanDifference(double mean, double low, double high) {

  private static final double CONFIDENCE = 0.95;

  /** The difference between two samples; empty with fewer than two values in one of them. */
  public static Optional<MeanDifference> of(List<Double> first, List<Double> second) {
    if (first.size() < 2 || second.size() < 2) {
      return Optional.empty();
    }
    double mean = mean(second) - mean(first);
    double ofFirst = variance(first) / first.size();
    double ofSecond = variance(second) / second.size();
    double error = Math.sqrt(ofFirst + ofSecond);
    if (error == 0) {
      return Optional.of(new MeanDifference(mean, mean, mean));
    }
    double freedom =
        (ofFirst + ofSecond)
            * (ofFirst + ofSecond)
            / (ofFirst * ofFirst / (first.size() - 1) + ofSecond * ofSecond / (second.size() - 1));
    double quantile = TDistribution.of(freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    return Optional.of(new MeanDifference(mean, mean - quantile * error, mean + quantile * error));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static double variance(List<Double> values) {
    double mean = mean(values);
    return values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum()
        / (values.size() - 1);
  }
}
