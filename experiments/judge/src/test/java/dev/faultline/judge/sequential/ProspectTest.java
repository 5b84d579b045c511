package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.judge.sequential.Simulation.Setup;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProspectTest {

  private static final Tolerance TOLERANCE = Tolerance.ratio(1.5);
  private static final Alpha ALPHA = new Alpha(0.01, 2, 1);

  private static double simulated(Claim claim, Setup setup) {
    int[] looks =
        Simulation.looksUntil(
            ShareEvidence.of(claim, TOLERANCE), ALPHA.line(), look -> setup, 201, 1000);
    return looks[100] * setup.seconds();
  }

  private static Prospect prospect(Setup setup) {
    return new Prospect(setup.rate(), setup.share(), setup.base(), setup.seconds(), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 0.05, 0.001, 11", "40, 0.2, 0.01, 2", "40, 0.2, 0.01, 5", "40, 0.5, 0.01, 3",
    "400, 0.05, 0.01, 3", "400, 0.2, 0.01, 2", "5, 0.2, 0.01, 5", "100, 0.1, 0.001, 5"
  })
  void theMedianDelayIsWhatSimulationFinds(double rate, double share, double base, double ratio) {
    Setup setup = new Setup(rate, share, base, ratio, 1, 15);

    double forecast = prospect(setup).secondsUntil(Claim.WORSE, base * ratio, ALPHA);

    assertThat(forecast / simulated(Claim.WORSE, setup)).isBetween(0.75, 1.33);
  }

  @Test
  void soIsTheTimeUntilACanaryIsCleared() {
    Setup setup = new Setup(100, 0.5, 0.01, 1, 1, 15);

    double forecast = prospect(setup).secondsUntil(Claim.NOT_WORSE, 0.01, ALPHA);

    assertThat(forecast / simulated(Claim.NOT_WORSE, setup)).isBetween(0.75, 1.33);
  }

  @Test
  void whatIsJustDetectableTakesTheWholeStep() {
    Prospect prospect = new Prospect(40, 0.05, 0.005, 15, TOLERANCE);

    double bad = prospect.detectable(ALPHA, 600).orElseThrow();

    assertThat(bad).isBetween(0.0075, 0.1);
    assertThat(prospect.secondsUntil(Claim.WORSE, bad, ALPHA)).isCloseTo(600, within(1.0));
  }

  @Test
  void aShortStepWithLittleTrafficIsBlind() {
    Prospect prospect = new Prospect(1, 0.05, 0.01, 15, TOLERANCE);

    assertThat(prospect.detectable(ALPHA, 30)).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void whatIsToleratedIsNeverBlamedAndWhatIsWorseNeverCleared() {
    Prospect prospect = new Prospect(40, 0.2, 0.01, 15, TOLERANCE);

    assertThat(prospect.secondsUntil(Claim.WORSE, 0.015, ALPHA)).isInfinite();
    assertThat(prospect.secondsUntil(Claim.WORSE, 0.01, ALPHA)).isInfinite();
    assertThat(prospect.secondsUntil(Claim.NOT_WORSE, 0.015, ALPHA)).isInfinite();
  }

  @Test
  void aStableWithoutAnyBadRequestHidesNothing() {
    Prospect prospect = new Prospect(40, 0.2, 0, 15, new Tolerance(1, 0.001));

    assertThat(prospect.detectable(ALPHA, 300).orElseThrow()).isBetween(0.001, 0.05);
  }

  @Test
  void whatIsNoTrafficIsRefused() {
    assertThatThrownBy(() -> new Prospect(0, 0.1, 0.01, 15, TOLERANCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prospect(1, 0, 0.01, 15, TOLERANCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Prospect(1, 0.1, Double.NaN, 15, TOLERANCE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
