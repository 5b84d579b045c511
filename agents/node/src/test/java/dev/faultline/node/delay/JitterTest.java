package dev.faultline.node.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Delays are drawn as netem draws them. */
class JitterTest {

  private static final int COUNT = 100_000;

  private static double[] millis(Distribution distribution, double correlation, long seed) {
    Jitter jitter =
        new Jitter(Duration.ofMillis(100), Duration.ofMillis(10), distribution, correlation, seed);
    double[] drawn = new double[COUNT];
    Arrays.setAll(drawn, _ -> jitter.next() / 1e6);
    return drawn;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0));
  }

  private static double correlation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += (values[i] - mean) * (values[i - 1] - mean);
    }
    return sum / values.length / Math.pow(deviation(values), 2);
  }

  @Test
  void theSameSeedGivesTheSameDelays() {
    assertThat(millis(Distribution.PARETO, 0.25, 1))
        .isEqualTo(millis(Distribution.PARETO, 0.25, 1));
    assertThat(millis(Distribution.PARETO, 0, 1)).isNotEqualTo(millis(Distribution.PARETO, 0, 2));
  }

  @Test
  void uniformIsEvenBetweenItsBounds() {
    double[] drawn = millis(Distribution.UNIFORM, 0, 3);
    assertThat(mean(drawn)).isCloseTo(100, within(0.1));
    assertThat(Arrays.stream(drawn).min().orElseThrow()).isBetween(90.0, 90.01);
    assertThat(Arrays.stream(drawn).max().orElseThrow()).isBetween(109.99, 110.0);
    assertThat(deviation(drawn)).isCloseTo(20 / Math.sqrt(12), within(0.05));
  }

  @Test
  void normalHasTheJitterAsItsDeviation() {
    double[] drawn = millis(Distribution.NORMAL, 0, 3);
    assertThat(mean(drawn)).isCloseTo(100, within(0.1));
    assertThat(deviation(drawn)).isCloseTo(10, within(0.1));
    long inside = Arrays.stream(drawn).filter(x -> Math.abs(x - 100) < 19.6).count();
    assertThat((double) inside / COUNT).isCloseTo(0.95, within(0.005));
  }

  @Test
  void paretoHasALongTailAndEndsAtFourTimesTheJitter() {
    double[] drawn = millis(Distribution.PARETO, 0, 3);
    Arrays.sort(drawn);
    assertThat(drawn[0]).isCloseTo(100 - 10 * 2 / 3.0, within(0.01));
    assertThat(drawn[COUNT / 2])
        .isCloseTo(100 + 10 * 4 / 3.0 * (Math.pow(0.5, -1 / 3.0) - 1.5), within(0.1));
    assertThat(drawn[COUNT - 1]).isCloseTo(139.999, within(0.01));
  }

  @Test
  void correlationMakesNeighboursAlike() {
    assertThat(correlation(millis(Distribution.UNIFORM, 0, 5))).isCloseTo(0, within(0.02));
    assertThat(correlation(millis(Distribution.UNIFORM, 0.5, 5))).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aHistogramKnowsItsMedian() {
    Delays delays = new Delays();
    assertThat(delays.median()).isZero();
    for (long i = 1; i <= 1001; i++) {
      delays.add(i * 1_000_003);
    }
    assertThat(delays.least()).isEqualTo(1_000_003);
    assertThat(delays.most()).isEqualTo(1001 * 1_000_003L);
    assertThat((double) delays.median()).isCloseTo(501.0 * 1_000_003, within(5e6));
  }
}
