package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AlphaTest {

  @Test
  void itIsSplitAmongMetricsAndBeginningsAndGivesTheStoppingLine() {
    Alpha alpha = new Alpha(0.01, 2, 5);

    assertThat(alpha.each()).isCloseTo(0.001, within(1e-15));
    assertThat(alpha.line()).isCloseTo(Math.log(1000), within(1e-12));
  }

  @Test
  void evidenceIsEnoughFromTheLineOn() {
    Alpha alpha = new Alpha(0.05, 1, 1);
    Look bad = new Look(new Traffic(100, 10), new Traffic(900, 0));
    Evidence evidence = ShareEvidence.of(Claim.WORSE, Tolerance.ratio(1));

    assertThat(alpha.reached(evidence)).isFalse();
    assertThat(alpha.reached(evidence.after(bad).after(bad).after(bad))).isTrue();
  }

  @Test
  void whatIsNoChanceIsRefused() {
    for (double total : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> new Alpha(total, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Alpha(0.1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Alpha(0.1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
