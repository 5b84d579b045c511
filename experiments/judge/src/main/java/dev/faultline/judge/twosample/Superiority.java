package dev.faultline.judge.twosample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How probable it is that something drawn from the second sample is larger than something drawn
 * from the first, ties counted half: the effect behind the test of Mann, Whitney and Wilcoxon,
 * which A. Vargha and H. D. Delaney call <i>A</i> (<i>A critique and improvement of the CL common
 * language effect size statistics</i>, Journal of Educational and Behavioral Statistics 25, 2000);
 * Cliff's delta is 2A − 1. They call 0.56 a small effect, 0.64 a medium and 0.71 a large one.
 *
 * <p>Things of one moment share their fate: the blocks of time are taken as the units, with the
 * variance of N. A. Obuchowski (<i>Nonparametric analysis of clustered ROC curve data</i>,
 * Biometrics 53, 1997), which is that of DeLong where every block holds one thing. Ties need no
 * correction: they are in the variance as they are.
 *
 * @param probability from 0 to 1; a half where neither is larger
 * @param low the least that it may be, with 95 % confidence
 * @param high the most that it may be
 * @param pValue the chance of a probability so far from a half where there is no difference
 */
public record Superiority(double probability, double low, double high, double pValue) {

  private static final double EVEN = 0.5;

  /**
   * Compares two samples, of blocks that hold how often each value occurs; empty where one of them
   * has fewer than two blocks with anything in them.
   */
  public static Optional<Superiority> of(
      List<? extends SortedMap<Long, Long>> first, List<? extends SortedMap<Long, Long>> second) {
    List<? extends SortedMap<Long, Long>> was = filled(first);
    List<? extends SortedMap<Long, Long>> is = filled(second);
    if (was.size() < 2 || is.size() < 2) {
      return Optional.empty();
    }
    Blocks blocks = new Blocks(was.size(), is.size());
    Ranks below = Ranks.of(was);
    Ranks above = Ranks.of(is);
    double probability =
        is.stream().mapToDouble(block -> below.placements(block)).sum() / above.size();
    double variance = below.variance(is, probability) + above.variance(was, 1 - probability);
    double error = Math.sqrt(variance);
    double statistic =
        probability == EVEN ? 0 : (probability - EVEN) / Math.max(error, Double.MIN_NORMAL);
    double off = blocks.quantile() * error;
    return Optional.of(
        new Superiority(
            probability,
            Math.max(0, probability - off),
            Math.min(1, probability + off),
            blocks.pValue(statistic)));
  }

  private static List<? extends SortedMap<Long, Long>> filled(
      List<? extends SortedMap<Long, Long>> blocks) {
    return blocks.stream().filter(block -> Ranks.count(block) > 0).toList();
  }

  /** For each value, the share of a sample that is smaller, ties counted half. */
  private record Ranks(TreeMap<Long, Double> smaller, TreeMap<Long, Double> same, double size) {

    static Ranks of(List<? extends SortedMap<Long, Long>> blocks) {
      TreeMap<Long, Long> counts = new TreeMap<>();
      blocks.forEach(
          block -> block.forEach((value, count) -> counts.merge(value, count, Long::sum)));
      double size = count(counts);
      TreeMap<Long, Double> smaller = new TreeMap<>();
      TreeMap<Long, Double> same = new TreeMap<>();
      double before = 0;
      for (var entry : counts.entrySet()) {
        smaller.put(entry.getKey(), before / size);
        same.put(entry.getKey(), entry.getValue() / size);
        before += entry.getValue();
      }
      return new Ranks(smaller, same, size);
    }

    static double count(SortedMap<Long, Long> block) {
      return block.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The share of the sample that is smaller than a value. */
    double placement(long value) {
      var at = smaller.floorEntry(value);
      if (at == null) {
        return 0;
      }
      double tied = same.getOrDefault(at.getKey(), 0.0);
      return at.getKey() == value ? at.getValue() + tied / 2 : at.getValue() + tied;
    }

    double placements(SortedMap<Long, Long> block) {
      return block.entrySet().stream()
          .mapToDouble(entry -> placement(entry.getKey()) * entry.getValue())
          .sum();
    }

    /** The part of the variance that the blocks of the other sample bring in. */
    double variance(List<? extends SortedMap<Long, Long>> others, double mean) {
      List<Double> residuals = new ArrayList<>();
      double all = 0;
      for (SortedMap<Long, Long> block : others) {
        double count = count(block);
        residuals.add(placements(block) - count * mean);
        all += count;
      }
      double squares = residuals.stream().mapToDouble(residual -> residual * residual).sum();
      return squares * others.size() / (others.size() - 1.0) / (all * all);
    }
  }
}
