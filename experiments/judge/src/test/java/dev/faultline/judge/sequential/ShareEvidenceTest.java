package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.judge.sequential.Simulation.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShareEvidenceTest {

  private static final Tolerance HALF_MORE = Tolerance.ratio(1.5);
  private static final Alpha ALPHA = new Alpha(0.05, 1, 1);
  private static final int TRIALS = 400;

  private static Look look(double canary, double bad, double stable, double badOfStable) {
    return new Look(new Traffic(canary, bad), new Traffic(stable, badOfStable));
  }

  private static Evidence worse() {
    return ShareEvidence.of(Claim.WORSE, HALF_MORE);
  }

  private static Evidence notWorse() {
    return ShareEvidence.of(Claim.NOT_WORSE, HALF_MORE);
  }

  /** The mean e-value after looks in which each burst hits the canary with the tolerated chance. */
  private static double expected(Evidence evidence, int[][] bursts, int at) {
    if (at == bursts.length) {
      return Math.exp(evidence.log());
    }
    double canary = 10 + 5 * at;
    double stable = 30;
    double chance = 1.5 * canary / (1.5 * canary + stable);
    int[] sizes = bursts[at];
    double mean = 0;
    for (int hit = 0; hit < 1 << sizes.length; hit++) {
      double bad = 0;
      double badOfStable = 0;
      double weight = 1;
      for (int i = 0; i < sizes.length; i++) {
        boolean ofCanary = (hit >> i & 1) == 1;
        weight *= ofCanary ? chance : 1 - chance;
        bad += ofCanary ? sizes[i] : 0;
        badOfStable += ofCanary ? 0 : sizes[i];
      }
      Evidence next = evidence.after(look(canary, bad, stable, badOfStable));
      mean += weight * expected(next, bursts, at + 1);
    }
    return mean;
  }

  @Test
  void whateverTheBurstsAndTheWeightsNoEvidenceIsExpectedAtTheTolerance() {
    int[][] bursts = {{1, 5, 2}, {}, {10, 1, 1, 1}, {3}, {1, 1, 20}};

    assertThat(expected(worse(), bursts, 0)).isCloseTo(1, within(1e-9));
    assertThat(expected(notWorse(), bursts, 0)).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void aHealthyCanaryIsHardlyEverBlamedWhateverTheBursts(int burst) {
    Setup setup = new Setup(40, 0.2, 0.01, 1.5, burst, 10);
    int[] looks = Simulation.looksUntil(worse(), ALPHA.line(), look -> setup, TRIALS, 180);

    assertThat(Simulation.reached(looks))
        .isLessThanOrEqualTo((long) Simulation.bound(ALPHA.each(), TRIALS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void aCanaryJustTooBadIsHardlyEverCalledHealthy(int burst) {
    Setup setup = new Setup(40, 0.5, 0.01, 1.5, burst, 10);
    int[] looks = Simulation.looksUntil(notWorse(), ALPHA.line(), look -> setup, TRIALS, 180);

    assertThat(Simulation.reached(looks))
        .isLessThanOrEqualTo((long) Simulation.bound(ALPHA.each(), TRIALS));
  }

  @Test
  void sharedIncidentsDriftAndChangingWeightsBlameNobody() {
    Setup calm = new Setup(40, 0.05, 0.002, 1.5, 2, 10);
    int[] looks =
        Simulation.looksUntil(
            worse(),
            ALPHA.line(),
            look -> {
              double weight = look < 60 ? 0.05 : look < 120 ? 0.25 : 0.5;
              double drift = calm.base() * (1 + look / 60.0);
              return calm.share(weight).base(look % 50 < 5 ? 0.4 : drift);
            },
            TRIALS,
            180);

    assertThat(Simulation.reached(looks))
        .isLessThanOrEqualTo((long) Simulation.bound(ALPHA.each(), TRIALS));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aCanaryThatIsFourTimesAsBadIsSeenInMinutes(int burst) {
    Setup setup = new Setup(40, 0.2, 0.01, 4, burst, 10);
    int[] looks = Simulation.looksUntil(worse(), ALPHA.line(), look -> setup, 101, 180);

    assertThat(looks[50]).isLessThanOrEqualTo(burst == 1 ? 18 : 60);
  }

  @Test
  void aCanaryThatTurnsBadAfterAnHourIsSeenNearlyAsSoon() {
    Setup healthy = new Setup(40, 0.2, 0.01, 1, 1, 10);
    Setup bad = new Setup(40, 0.2, 0.01, 4, 1, 10);
    int[] looks =
        Simulation.looksUntil(worse(), ALPHA.line(), look -> look < 360 ? healthy : bad, 101, 540);

    assertThat(looks[50] - 360).isBetween(1, 45);
  }

  @Test
  void aCanaryAsGoodAsStableIsCleared() {
    Setup setup = new Setup(100, 0.5, 0.01, 1, 1, 10);
    int[] looks = Simulation.looksUntil(notWorse(), ALPHA.line(), look -> setup, 101, 360);

    assertThat(looks[50]).isLessThanOrEqualTo(90);
  }

  @Test
  void whatAnExtraToleratesIsNotBlamed() {
    Evidence lenient = ShareEvidence.of(Claim.WORSE, new Tolerance(1, 0.005));
    Setup tolerated = new Setup(40, 0.3, 0.001, 6, 1, 10);
    Setup worse = new Setup(40, 0.3, 0.001, 40, 1, 10);

    assertThat(
            Simulation.reached(
                Simulation.looksUntil(lenient, ALPHA.line(), look -> tolerated, TRIALS, 180)))
        .isLessThanOrEqualTo((long) Simulation.bound(ALPHA.each(), TRIALS));
    assertThat(Simulation.looksUntil(lenient, ALPHA.line(), look -> worse, 101, 180)[50])
        .isLessThanOrEqualTo(18);
  }

  @Test
  void aLookThatCannotBeComparedSaysNothing() {
    Evidence some = worse().after(look(100, 3, 400, 2));

    for (Look silent :
        new Look[] {
          look(0, 0, 0, 0),
          look(0, 0, 400, 9),
          look(0, 2, 400, 9),
          look(100, 9, 0, 0),
          look(100, 0, 400, 0)
        }) {
      assertThat(some.after(silent).log()).isEqualTo(some.log());
      assertThat(notWorse().after(silent).log()).isEqualTo(0);
    }
  }

  @Test
  void evidenceGrowsForTheOneClaimAndShrinksForTheOther() {
    Look bad = look(100, 10, 100, 1);

    assertThat(worse().after(bad).log()).isPositive();
    assertThat(notWorse().after(bad).log()).isNegative();
  }

  @Test
  void extremeCountsKeepItFinite() {
    Evidence worse = worse();
    Evidence notWorse = notWorse();
    double[] counts = {Double.MIN_VALUE, 1e-300, 1, 1e15};
    for (double requests : counts) {
      for (double bad : counts) {
        worse = worse.after(look(requests, bad, 1e15, 0)).after(look(1e15, 0, requests, bad));
        notWorse = notWorse.after(look(requests, 0, 1e15, bad)).after(look(1e15, bad, requests, 0));
      }
    }

    assertThat(worse.log()).isFinite();
    assertThat(notWorse.log()).isFinite();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -1e-9, Double.NaN, Double.POSITIVE_INFINITY, 1e16})
  void countsThatCannotBeAreRefused(double count) {
    assertThatThrownBy(() -> new Traffic(count, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("counter was reset");
    assertThatThrownBy(() -> new Traffic(1, count)).isInstanceOf(IllegalArgumentException.class);
  }
}
