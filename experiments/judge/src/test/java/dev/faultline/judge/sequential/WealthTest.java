package dev.faultline.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WealthTest {

  private record Outcome(double x, double chance) {}

  private static double expected(Wealth wealth, int bets, double bound, List<Outcome> outcomes) {
    if (bets == 0) {
      return Math.exp(wealth.log());
    }
    return outcomes.stream()
        .mapToDouble(
            outcome ->
                outcome.chance()
                    * expected(
                        wealth.after(new Bet(outcome.x(), bound)), bets - 1, bound, outcomes))
        .sum();
  }

  @Test
  void noFortuneIsMadeOfNumbersWhoseMeanIsTheBound() {
    List<Outcome> outcomes =
        List.of(new Outcome(0, 0.7), new Outcome(0.5, 0.2), new Outcome(1, 0.1));

    assertThat(expected(Wealth.one(), 6, 0.2, outcomes)).isCloseTo(1, within(1e-12));
  }

  @Test
  void numbersWithALowerMeanLoseAFortuneOnAverage() {
    List<Outcome> outcomes =
        List.of(new Outcome(0, 0.7), new Outcome(0.5, 0.2), new Outcome(1, 0.1));

    assertThat(expected(Wealth.one(), 6, 0.25, outcomes)).isLessThan(0.9);
  }

  @Test
  void eachFairHistoryOfBetsIsFollowedByAFairBet() {
    Wealth wealth = Wealth.one();
    for (double x : new double[] {0, 0, 1, 0.3, 0, 1, 1, 0}) {
      wealth = wealth.after(new Bet(x, 0.3));
      double next =
          0.3 * Math.exp(wealth.after(new Bet(1, 0.3)).log())
              + 0.7 * Math.exp(wealth.after(new Bet(0, 0.3)).log());
      assertThat(next).isCloseTo(Math.exp(wealth.log()), within(1e-12));
    }
  }

  @Test
  void aLongLossIsBoundedSoThatALateChangeIsSeen() {
    Wealth wealth = Wealth.one();
    for (int i = 0; i < 10_000; i++) {
      wealth = wealth.after(new Bet(0, 0.2));
    }
    int until = 0;
    double least = wealth.log();
    while (wealth.log() < least + Math.log(100)) {
      wealth = wealth.after(new Bet(0.8, 0.2));
      until++;
    }

    assertThat(until).isLessThan(10);
  }

  @Test
  void noNumberMakesItInfinite() {
    for (double bound : new double[] {0, Double.MIN_VALUE, 1e-9, 0.5, 1}) {
      Wealth lost = Wealth.one();
      Wealth won = Wealth.one();
      for (int i = 0; i < 100_000; i++) {
        lost = lost.after(new Bet(0, bound));
        won = won.after(new Bet(1, bound));
      }
      assertThat(lost.log()).isFinite();
      assertThat(won.log()).isFinite().isGreaterThanOrEqualTo(-1e-6);
    }
  }
}
