package dev.faultline.judge.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HolmTest {

  /** As {@code p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")} of R gives it. */
  @Test
  void theExampleOfTheTextbooksComesOut() {
    List<Double> adjusted = Holm.adjusted(List.of(0.01, 0.04, 0.03, 0.005));

    List<Double> expected = List.of(0.03, 0.06, 0.06, 0.02);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(adjusted.get(i)).isCloseTo(expected.get(i), within(1e-12));
    }
  }

  @Test
  void oneTestStaysAsItIsAndNoneIsNone() {
    assertThat(Holm.adjusted(List.of(0.2))).containsExactly(0.2);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }

  @Test
  void noChanceExceedsOne() {
    assertThat(Holm.adjusted(List.of(0.6, 0.9, 0.7))).containsExactly(1.0, 1.0, 1.0);
  }
}
