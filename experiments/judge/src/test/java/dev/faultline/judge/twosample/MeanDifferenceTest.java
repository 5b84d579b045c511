package dev.faultline.judge.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MeanDifferenceTest {

  /** As {@code t.test(b, a)} of R 4 has it, and as can be found by hand. */
  @Test
  void theIntervalIsThatOfWelch() {
    MeanDifference found =
        MeanDifference.of(List.of(1.0, 2.0, 3.0, 4.0), List.of(2.0, 4.0, 6.0, 8.0, 10.0))
            .orElseThrow();

    assertThat(found.mean()).isCloseTo(3.5, within(1e-12));
    // Variances 5/3 and 10, errors 5/12 and 2: 5.52 degrees of freedom.
    assertThat((found.high() - found.low()) / 2)
        .isCloseTo(2.498 * Math.sqrt(29.0 / 12), within(0.01));
  }

  @Test
  void nothingScattersNothingIsUnsure() {
    assertThat(MeanDifference.of(List.of(0.0, 0.0), List.of(0.5, 0.5)))
        .contains(new MeanDifference(0.5, 0.5, 0.5));
  }

  @Test
  void oneValueIsTooFew() {
    assertThat(MeanDifference.of(List.of(1.0), List.of(1.0, 2.0))).isEmpty();
    assertThat(MeanDifference.of(List.of(1.0, 2.0), List.of(1.0))).isEmpty();
  }

  @Test
  void theTruthIsMissedInFiveOfAHundredCasesAtMost() {
    Random chance = new Random(11);
    int missed = 0;
    for (int i = 0; i < 10_000; i++) {
      List<Double> first = chance.doubles(6).boxed().toList();
      List<Double> second = chance.doubles(12).map(one -> 3 * one + 0.5).boxed().toList();
      MeanDifference found = MeanDifference.of(first, second).orElseThrow();
      missed += found.low() > 1.5 || found.high() < 1.5 ? 1 : 0;
    }
    assertThat(missed).isBetween(400, 600);
  }
}
