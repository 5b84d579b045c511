package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObservedShareTest {

  private static final double ALPHA = 0.01;
  private static final int TRIALS = 1000;

  private static ObservedShare block(ObservedShare share, double canary, double stable) {
    return share.after(new Look(new Traffic(canary, 0), new Traffic(stable, 0)));
  }

  /** Requests that come in batches, each of which goes one way. */
  private static ObservedShare block(
      ObservedShare share, Simulation simulation, double weight, double requests, int batch) {
    return block(
        share,
        batch * simulation.poisson(requests * weight / batch),
        batch * simulation.poisson(requests * (1 - weight) / batch));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 600, 1", "0.05, 600, 5", "0.05, 2000, 20", "0.2, 150, 5", "0.5, 100, 10"})
  void theIntervalHardlyEverMissesTheTruthHoweverLongOneLooks(
      double weight, double requests, int batch) {
    int missed = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Simulation simulation = new Simulation(trial);
      ObservedShare share = ObservedShare.of(weight, ALPHA);
      boolean held = true;
      for (int i = 0; i < 60 && held; i++) {
        share = block(share, simulation, weight, requests * (1 + i % 3), batch);
        Interval interval = share.interval();
        held = interval.low() <= weight && weight <= interval.high();
      }
      missed += held ? 0 : 1;
    }

    assertThat((double) missed).isLessThanOrEqualTo(Simulation.bound(ALPHA, TRIALS));
  }

  /** Where requests are matched as well, the canary has its part of the rest and any more. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.6, FOLLOWS",
    "0.2, 0.2, FOLLOWS",
    "0.2, 0.7, FOLLOWS",
    "0.2, 0.1, STRAYS",
    "0.5, 0.3, STRAYS"
  })
  void moreThanWasAskedForIsNoStrayingWhereNobodyKnowsHowMuchMatches(
      double asked, double real, Obedience expected) {
    Simulation simulation = new Simulation(7);
    ObservedShare share = ObservedShare.atLeast(asked, ALPHA);
    for (int i = 0; i < 200; i++) {
      share = block(share, simulation, real, 400, 1);
    }

    assertThat(share.obedience()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 0.03, FOLLOWS",
    "0.05, 0.07, FOLLOWS",
    "0.05, 0.01, STRAYS",
    "0.05, 0.09, STRAYS",
    "0.5, 0.7, FOLLOWS",
    "0.5, 0.2, STRAYS",
    "1, 0.97, STRAYS"
  })
  void aShareOfClientsMayBeOffByHalf(double asked, double real, Obedience expected) {
    Simulation simulation = new Simulation(7);
    ObservedShare share = ObservedShare.of(asked, ALPHA).ofClients();
    for (int i = 0; i < 200; i++) {
      share = block(share, simulation, real, 400, 1);
    }

    assertThat(share.obedience()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.05, 0.10, STRAYS",
    "0.05, 0.02, STRAYS",
    "0.05, 0, STRAYS",
    "0.05, 0.05, FOLLOWS",
    "0.5, 0.5, FOLLOWS",
    "0.5, 0.7, STRAYS",
    "1, 1, FOLLOWS",
    "1, 0.97, STRAYS",
    "0, 0, FOLLOWS",
    "0.95, 0.9, STRAYS",
    "0, 0.03, STRAYS"
  })
  void whereTrafficGoesIsFoundOut(double asked, double real, Obedience found) {
    int right = 0;
    for (int trial = 0; trial < 50; trial++) {
      Simulation simulation = new Simulation(trial);
      ObservedShare share = ObservedShare.of(asked, ALPHA);
      for (int i = 0; i < 100 && share.obedience() == Obedience.UNKNOWN; i++) {
        share = block(share, simulation, real, 600, 2);
      }
      right += share.obedience() == found ? 1 : 0;
    }

    assertThat(right).isGreaterThanOrEqualTo(48);
  }

  @Test
  void aCanaryWithTwiceItsShareIsFoundOutInMinutes() {
    int[] blocks = new int[51];
    for (int trial = 0; trial < blocks.length; trial++) {
      Simulation simulation = new Simulation(trial);
      ObservedShare share = ObservedShare.of(0.05, ALPHA);
      while (share.obedience() != Obedience.STRAYS && blocks[trial] < 1000) {
        share = block(share, simulation, 0.1, 600, 2);
        blocks[trial]++;
      }
    }
    Arrays.sort(blocks);

    assertThat(blocks[25]).isLessThanOrEqualTo(8);
  }

  @Test
  void nothingIsKnownOfFewBlocksNorOfEmptyOnes() {
    ObservedShare none = ObservedShare.of(0.05, ALPHA);

    assertThat(none.interval()).isEqualTo(new Interval(0, 1));
    assertThat(none.obedience()).isEqualTo(Obedience.UNKNOWN);
    assertThat(none.mean()).isEqualTo(0.05);
    assertThat(block(none, 0, 0)).isSameAs(none);
    assertThat(block(none, 10, 90).obedience()).isEqualTo(Obedience.UNKNOWN);
    assertThat(block(none, 10, 90).mean()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void blocksThatAgreeByChanceProveNothing() {
    ObservedShare share = ObservedShare.of(0.05, ALPHA);
    for (int i = 0; i < 30; i++) {
      share = block(share, 1, 19);
    }

    assertThat(share.interval().high()).isBetween(0.06, 0.2);
    assertThat(share.obedience()).isEqualTo(Obedience.UNKNOWN);
  }

  @Test
  void clumpedTrafficMakesTheIntervalWider() {
    ObservedShare even = ObservedShare.of(0.1, ALPHA);
    ObservedShare clumped = ObservedShare.of(0.1, ALPHA);
    for (int i = 0; i < 20; i++) {
      even = block(even, 60, 540);
      clumped = block(clumped, i % 2 == 0 ? 120 : 0, i % 2 == 0 ? 480 : 600);
    }

    double width = even.interval().high() - even.interval().low();
    assertThat(clumped.interval().high() - clumped.interval().low()).isGreaterThan(2 * width);
    assertThat(even.obedience()).isEqualTo(Obedience.FOLLOWS);
    assertThat(clumped.obedience()).isEqualTo(Obedience.UNKNOWN);
  }

  @Test
  void whatIsNoShareIsRefused() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> ObservedShare.of(share, ALPHA))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ObservedShare.of(0.1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Interval(0.5, 0.4)).isInstanceOf(IllegalArgumentException.class);
  }
}
