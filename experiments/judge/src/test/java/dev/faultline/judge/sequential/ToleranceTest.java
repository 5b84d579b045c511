package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;

final class ToleranceTest {

  private interface Chance {
    double of(int bad);
  }

  /** The mean of the canary's padded share less the tolerated one, over all counts that matter. */
  private static double excess(
      Tolerance tolerance, double canary, double stable, Chance ofCanary, Chance ofStable) {
    double mean = 0;
    for (int bad = 0; bad <= 60; bad++) {
      for (int other = 0; other <= 60; other++) {
        Look look = new Look(new Traffic(canary, bad), new Traffic(stable, other));
        double all = bad + tolerance.padded(look.stable());
        if (all > 0) {
          mean += ofCanary.of(bad) * ofStable.of(other) * (bad / all - tolerance.share(look));
        }
      }
    }
    return mean;
  }

  private static Chance poisson(double mean, int burst) {
    PoissonDistribution bursts = PoissonDistribution.of(mean / burst);
    return bad -> bad % burst == 0 ? bursts.probability(bad / burst) : 0;
  }

  @Test
  void rareBadRequestsHaveTheToleratedShareInAnyBursts() {
    for (int burst : new int[] {1, 2, 5}) {
      for (double ratio : new double[] {0.5, 1, 1.5, 3}) {
        assertThat(
                excess(
                    Tolerance.ratio(ratio),
                    40,
                    100,
                    poisson(40 * ratio * 0.02, burst),
                    poisson(100 * 0.02, burst)))
            .isBetween(-1e-9, 1e-9);
      }
    }
  }

  @Test
  void aPaddedStableIsNeverToTheCanarysDisadvantage() {
    for (int burst : new int[] {1, 2, 5}) {
      for (double base : new double[] {0.0001, 0.002, 0.02}) {
        for (double extra : new double[] {0.001, 0.01, 0.05}) {
          for (double ratio : new double[] {1, 1.5}) {
            assertThat(
                    excess(
                        new Tolerance(ratio, extra),
                        40,
                        100,
                        poisson(40 * (ratio * base + extra), burst),
                        poisson(100 * base, burst)))
                .isLessThan(1e-9);
          }
        }
      }
    }
  }

  @Test
  void theExtraIsPaddedSoThatTheRatioMakesIt() {
    Traffic stable = new Traffic(1000, 3);

    assertThat(new Tolerance(1, 0.002).padded(stable)).isCloseTo(5, within(1e-12));
    assertThat(new Tolerance(2, 0.002).padded(stable)).isCloseTo(4, within(1e-12));
    assertThat(new Tolerance(2, 0.002).of(Claim.NOT_WORSE).padded(stable)).isEqualTo(3);
  }

  @Test
  void frequentBadRequestsAreOffByNoMoreThanIsSaid() {
    for (int requests : new int[] {1, 5, 20, 60}) {
      for (double rate : new double[] {0.01, 0.1, 0.3, 0.5}) {
        double ratio = 2;
        double off =
            excess(
                Tolerance.ratio(ratio),
                requests,
                requests,
                BinomialDistribution.of(requests, ratio * rate)::probability,
                BinomialDistribution.of(requests, rate)::probability);
        double bad = requests * rate * (1 + ratio);
        assertThat(off).isLessThan((ratio - 1) * rate / Math.max(1, bad) + 1e-12);
      }
    }
  }

  @Test
  void whatIsNoToleranceIsRefused() {
    for (double ratio : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Tolerance.ratio(ratio)).isInstanceOf(IllegalArgumentException.class);
    }
    for (double extra : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Tolerance(1, extra))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
