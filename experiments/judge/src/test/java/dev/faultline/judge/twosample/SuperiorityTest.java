package dev.faultline.judge.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SuperiorityTest {

  private static List<SortedMap<Long, Long>> single(long... values) {
    List<SortedMap<Long, Long>> blocks = new ArrayList<>();
    for (long value : values) {
      blocks.add(new TreeMap<>(Map.of(value, 1L)));
    }
    return blocks;
  }

  /**
   * Hollander and Wolfe (1973), page 69, permeability of membranes, which is the example of {@code
   * wilcox.test} in R: W = 35 of 50 pairs.
   */
  @Test
  void theExampleOfHollanderAndWolfeComesOut() {
    List<SortedMap<Long, Long>> term = single(80, 83, 189, 104, 145, 138, 191, 164, 73, 146);
    List<SortedMap<Long, Long>> weeks = single(115, 88, 90, 74, 121);

    Superiority found = Superiority.of(weeks, term).orElseThrow();

    assertThat(found.probability()).isCloseTo(35.0 / 50, within(1e-12));
    assertThat(Superiority.of(term, weeks).orElseThrow().probability())
        .isCloseTo(15.0 / 50, within(1e-12));
    assertThat(found.pValue()).isBetween(0.1, 0.4);
  }

  /** DeLong, DeLong and Clarke-Pearson (1988): the variance of the placements, by brute force. */
  @Test
  void withOneThingInABlockTheIntervalIsThatOfDeLong() {
    long[] x = {3, 5, 5, 8, 9, 12, 13};
    long[] y = {5, 7, 9, 10, 13, 15};
    double a = 0;
    double[] ofY = new double[y.length];
    double[] ofX = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        double larger = y[j] > x[i] ? 1 : y[j] == x[i] ? 0.5 : 0;
        a += larger / x.length / y.length;
        ofY[j] += larger / x.length;
        ofX[i] += larger / y.length;
      }
    }
    double error = Math.sqrt(variance(ofY, a) / y.length + variance(ofX, a) / x.length);
    double quantile = new Blocks(x.length, y.length).quantile();

    Superiority found = Superiority.of(single(x), single(y)).orElseThrow();

    assertThat(found.probability()).isCloseTo(a, within(1e-12));
    assertThat(found.low()).isCloseTo(a - quantile * error, within(1e-12));
  }

  private static double variance(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / (values.length - 1);
  }

  /** Requests of one block are slow or fast together. */
  private static List<SortedMap<Long, Long>> load(Random chance, int blocks, double shift) {
    List<SortedMap<Long, Long>> all = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      double weather = chance.nextGaussian() * 5;
      TreeMap<Long, Long> counts = new TreeMap<>();
      for (int request = 0; request < 200; request++) {
        long latency = Math.round(100 + shift + weather + chance.nextGaussian() * 10);
        counts.merge(latency, 1L, Long::sum);
      }
      all.add(counts);
    }
    return all;
  }

  @Test
  void whatIsSlowerIsSeenAndHowMuch() {
    Random chance = new Random(3);
    Superiority found = Superiority.of(load(chance, 12, 0), load(chance, 12, 15)).orElseThrow();

    assertThat(found.pValue()).isLessThan(0.001);
    assertThat(found.probability()).isBetween(0.75, 0.95).isBetween(found.low(), found.high());
  }

  /** A test of single requests would call wolf in four of five such runs. */
  @Test
  void requestsThatShareTheirFateRaiseFewFalseAlarms() {
    Random chance = new Random(5);
    int alarms = 0;
    for (int trial = 0; trial < 300; trial++) {
      Superiority found = Superiority.of(load(chance, 10, 0), load(chance, 10, 0)).orElseThrow();
      alarms += found.pValue() < 0.05 ? 1 : 0;
    }
    assertThat(alarms / 300.0).isLessThan(0.09);
  }

  @Test
  void completeSeparationIsNoSurerThanThePermutationsOfItsBlocks() {
    Superiority found = Superiority.of(single(1, 1, 1), single(2, 2, 2)).orElseThrow();

    assertThat(found.probability()).isEqualTo(1);
    assertThat(found.pValue()).isCloseTo(2 / 20.0, within(1e-12));
  }

  @Test
  void equalSamplesDoNotDiffer() {
    Superiority found = Superiority.of(single(4, 4, 4), single(4, 4, 4)).orElseThrow();

    assertThat(found.probability()).isEqualTo(0.5);
    assertThat(found.pValue()).isEqualTo(1);
    assertThat(Superiority.of(single(1), single(1, 2))).isEmpty();
  }
}
