package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.judge.sequential.Simulation.Setup;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

final class CountEvidenceTest {

  private static final Tolerance HALF_MORE = Tolerance.ratio(1.5);
  private static final Alpha ALPHA = new Alpha(0.05, 1, 1);
  private static final int TRIALS = 400;

  private static Look look(double canary, double bad, double stable, double badOfStable) {
    return new Look(new Traffic(canary, bad), new Traffic(stable, badOfStable));
  }

  /** The mean e-value after two looks with different shares of traffic, by enumeration. */
  private static double expected(Claim claim, Tolerance tolerance, double bad, double base) {
    return expected(CountEvidence.of(claim, tolerance), new int[] {20, 50}, bad, base);
  }

  private static double expected(Evidence evidence, int[] canaries, double bad, double base) {
    if (canaries.length == 0) {
      return Math.exp(evidence.log());
    }
    int[] rest = Arrays.copyOfRange(canaries, 1, canaries.length);
    PoissonDistribution canary = PoissonDistribution.of(canaries[0] * bad);
    PoissonDistribution stable = PoissonDistribution.of((100 - canaries[0]) * base);
    double mean = 0;
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 16; j++) {
        Evidence next = evidence.after(look(canaries[0], i, 100 - canaries[0], j));
        mean += canary.probability(i) * stable.probability(j) * expected(next, rest, bad, base);
      }
    }
    return mean;
  }

  @Test
  void noEvidenceIsExpectedAtTheToleranceAndLessBelow() {
    assertThat(expected(Claim.WORSE, HALF_MORE, 0.015, 0.01)).isCloseTo(1, within(1e-3));
    assertThat(expected(Claim.NOT_WORSE, HALF_MORE, 0.015, 0.01)).isCloseTo(1, within(1e-3));
    assertThat(expected(Claim.WORSE, HALF_MORE, 0.01, 0.01)).isLessThan(0.95);
    assertThat(expected(Claim.NOT_WORSE, HALF_MORE, 0.02, 0.01)).isLessThan(0.95);
    assertThat(expected(Claim.WORSE, new Tolerance(1, 0.01), 0.02, 0.01)).isLessThan(1);
  }

  @Test
  void independentBadRequestsHardlyEverBlameAHealthyCanary() {
    Setup setup = new Setup(40, 0.2, 0.01, 1.5, 1, 10);
    Evidence none = CountEvidence.of(Claim.WORSE, HALF_MORE);

    assertThat(
            Simulation.reached(
                Simulation.looksUntil(none, ALPHA.line(), look -> setup, TRIALS, 180)))
        .isLessThanOrEqualTo((long) Simulation.bound(ALPHA.each(), TRIALS));
  }

  @Test
  void burstsBlameItOften() {
    Setup setup = new Setup(40, 0.2, 0.01, 1.5, 5, 10);
    Evidence none = CountEvidence.of(Claim.WORSE, HALF_MORE);

    assertThat(
            Simulation.reached(
                Simulation.looksUntil(none, ALPHA.line(), look -> setup, TRIALS, 180)))
        .isGreaterThan(TRIALS / 3);
  }

  @Test
  void itSeesEarlierThanTheShareDoes() {
    Setup setup = new Setup(400, 0.2, 0.01, 3, 1, 10);
    int[] counts =
        Simulation.looksUntil(
            CountEvidence.of(Claim.WORSE, HALF_MORE), ALPHA.line(), look -> setup, 51, 180);
    int[] shares =
        Simulation.looksUntil(
            ShareEvidence.of(Claim.WORSE, HALF_MORE), ALPHA.line(), look -> setup, 51, 180);

    assertThat(counts[25]).isLessThan(shares[25] / 2);
  }

  @Test
  void extremeCountsKeepItFinite() {
    Evidence evidence = CountEvidence.of(Claim.WORSE, HALF_MORE);
    for (double count : new double[] {1e-300, 1, 1e15}) {
      evidence = evidence.after(look(count, 1e15, 1e15, count)).after(look(1e15, 0, count, 1e15));
      assertThat(evidence.log()).isFinite();
    }
    assertThat(evidence.after(look(0, 1, 1, 1))).isSameAs(evidence);
  }
}
