package dev.faultline.judge.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShareDifferenceTest {

  private static final double Z = 1.959964;

  /** Table II of Newcombe (1998), method 10, examples a, b, d and e. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 10, -0.2775, 0.2775"
  })
  void theIntervalsOfNewcombeComeOut(
      int hits, int of, int otherHits, int other, double low, double high) {
    ShareDifference.Interval interval =
        ShareDifference.newcombe((double) otherHits / other, other, (double) hits / of, of, Z);

    assertThat(interval.low()).isCloseTo(low, within(0.00006));
    assertThat(interval.high()).isCloseTo(high, within(0.00006));
  }

  private static List<Share> blocks(Random chance, int blocks, double share) {
    List<Share> all = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      long hits = chance.doubles(500).filter(x -> x < share).count();
      all.add(new Share(hits, 500));
    }
    return all;
  }

  @Test
  void aDifferenceIsSeenAndIsTheOtherWayAroundTheOther() {
    Random chance = new Random(7);
    List<Share> few = blocks(chance, 12, 0.01);
    List<Share> many = blocks(chance, 12, 0.03);

    ShareDifference worse = ShareDifference.of(few, many).orElseThrow();
    ShareDifference better = ShareDifference.of(many, few).orElseThrow();

    assertThat(worse.pValue()).isLessThan(0.001).isEqualTo(better.pValue());
    assertThat(worse.low()).isPositive().isCloseTo(-better.high(), within(1e-12));
    assertThat(worse.second() - worse.first()).isBetween(worse.low(), worse.high());
  }

  /** One second in which all failed is one misfortune, not five hundred. */
  @Test
  void failuresThatComeAtOnceCountAsFew() {
    List<Share> none = new ArrayList<>(Collections.nCopies(12, new Share(0, 500)));
    List<Share> burst = new ArrayList<>(none);
    burst.set(5, new Share(500, 500));

    ShareDifference found = ShareDifference.of(none, burst).orElseThrow();

    assertThat(found.second()).isCloseTo(500.0 / 6000, within(1e-12));
    assertThat(found.pValue()).isGreaterThan(0.05);
    assertThat(found.low()).isNegative();
  }

  /** Blocks share a rate of their own: a test of single requests would call wolf in most runs. */
  @Test
  void clusteredFailuresRaiseFewFalseAlarms() {
    Random chance = new Random(11);
    int alarms = 0;
    for (int trial = 0; trial < 400; trial++) {
      List<Share> one = new ArrayList<>();
      List<Share> two = new ArrayList<>();
      for (int block = 0; block < 10; block++) {
        one.addAll(blocks(chance, 1, chance.nextInt(4) == 0 ? 0.08 : 0.01));
        two.addAll(blocks(chance, 1, chance.nextInt(4) == 0 ? 0.08 : 0.01));
      }
      alarms += ShareDifference.of(one, two).orElseThrow().pValue() < 0.05 ? 1 : 0;
    }
    assertThat(alarms / 400.0).isLessThan(0.08);
  }

  @Test
  void withoutBlocksThereIsNoTestAndWithoutFailuresNoDifference() {
    List<Share> none = Collections.nCopies(6, new Share(0, 100));

    assertThat(ShareDifference.of(none, List.of(new Share(1, 100)))).isEmpty();
    assertThat(ShareDifference.of(none, none).orElseThrow().pValue()).isEqualTo(1);
    assertThatThrownBy(() -> new Share(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
