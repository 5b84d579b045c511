package dev.faultline.judge.twosample;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the chance that any of several tests cries wolf at the level of one: the step-down method
 * of Holm (<i>A simple sequentially rejective multiple test procedure</i>, Scandinavian Journal of
 * Statistics 6, 1979). It assumes nothing of how the tests depend on each other.
 */
public final class Holm {

  private Holm() {}

  /** Each p-value as it counts among all of them, in the same order. */
  public static List<Double> adjusted(List<Double> pValues) {
    int tests = pValues.size();
    List<Integer> order =
        IntStream.range(0, tests).boxed().sorted(Comparator.comparing(pValues::get)).toList();
    Double[] adjusted = new Double[tests];
    double least = 0;
    for (int rank = 0; rank < tests; rank++) {
      least = Math.max(least, Math.min(1, (tests - rank) * pValues.get(order.get(rank))));
      adjusted[order.get(rank)] = least;
    }
    return List.of(adjusted);
  }
}
