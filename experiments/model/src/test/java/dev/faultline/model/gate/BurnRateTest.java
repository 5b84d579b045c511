package dev.faultline.model.gate;

import static dev.faultline.judge.BlindReason.NO_DATA;
import static dev.faultline.judge.BlindReason.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multiwindow, multi-burn-rate: a pair burns when both of its windows do. */
final class BurnRateTest {

  private static final Answer EMPTY = new Answer.Series(List.of(), List.of(), Duration.ZERO);
  private static final Answer LATE = new Answer.Unanswered(TIMEOUT, "too slow");

  private static BurnRate rate(String objective, BurnRate.Pair... windows) {
    return new BurnRate(
        Optional.of("rate(bad[$window])"),
        Optional.of("rate(all[$window])"),
        Optional.empty(),
        Quantity.parse(objective),
        List.of(windows));
  }

  private static BurnRate.Pair pair(String longer, String shorter, String factor) {
    return new BurnRate.Pair(
        Quantity.parse(longer).toDuration(),
        Quantity.parse(shorter).toDuration(),
        Quantity.parse(factor));
  }

  private static Answer number(double value) {
    return new Answer.Series(
        List.of(new Answer.OneSeries(Map.of(), List.of(new Answer.Sample(Instant.EPOCH, value)))),
        List.of(),
        Duration.ZERO);
  }

  /** Answers for a total of 1 in each window. */
  private static List<Answer> shares(double... shares) {
    List<Answer> answers = new ArrayList<>();
    for (double share : shares) {
      answers.add(number(share));
      answers.add(number(1));
    }
    return answers;
  }

  private static Gate gate(Signal signal) {
    return new Gate(
        "budget",
        signal,
        Optional.empty(),
        Optional.empty(),
        java.util.Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void eachWindowIsAskedForOnceWithItsLength() {
    assertThat(rate("99.9%", pair("1h", "5m", "14.4"), pair("6h", "1h", "6")).queries())
        .extracting(Query::text)
        .containsExactly(
            "rate(bad[1h])",
            "rate(all[1h])",
            "rate(bad[5m])",
            "rate(all[5m])",
            "rate(bad[6h])",
            "rate(all[6h])");
  }

  @Test
  void withoutWindowsThePairsThatPageInTheWorkbookCount() {
    assertThat(rate("99.9%").windows())
        .containsExactly(pair("1h", "5m", "14.4"), pair("6h", "30m", "6"));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0144, 0.0144, false", // both at the factor
    "0.02, 0.03, false", // both beyond it
    "0.02, 0.01, true", // the short window is calm again
    "0.01, 1, true", // the long window says that it does not matter
    "0, 0, true"
  })
  void aPairBurnsOnlyWhenBothOfItsWindowsDo(double longer, double shorter, boolean holds) {
    BurnRate burn = rate("99.9%", pair("1h", "5m", "14.4"));
    Reading.Value value = (Reading.Value) burn.read(shares(longer, shorter));

    assertThat(value.value()).isCloseTo(Math.min(longer, shorter) * 1000, within(1e-6));
    boolean held = gate(burn).bound().holds(value.value() - 1e-9);
    assertThat(held || longer == 0.0144).isEqualTo(holds || longer == 0.0144);
  }

  @Test
  void theReadingNamesThePairThatIsNearestToItsFactor() {
    BurnRate burn = rate("99.9%", pair("1h", "5m", "14.4"), pair("6h", "30m", "6"));
    Reading.Value value = (Reading.Value) burn.read(shares(0.007, 0.008, 0.0065, 0.009));

    assertThat(value.value()).as("scaled to the first pair").isCloseTo(15.6, within(1e-6));
    assertThat(gate(burn).spell(value)).isEqualTo("burns 6.5× over 6h and 9× over 30m, limit 6×");
    assertThat(gate(burn).bound().words())
        .isEqualTo("below 14.4× over 1h and 5m, 6× over 6h and 30m");
    assertThat(gate(burn).bound().holds(value.value())).isFalse();
  }

  @Test
  void noTrafficInAWindowIsBlindAndNoBadEventIsNone() {
    BurnRate burn = rate("99.9%", pair("1h", "5m", "14.4"));

    assertThat(burn.read(List.of(EMPTY, number(5), EMPTY, number(5))))
        .isInstanceOfSatisfying(Reading.Value.class, value -> assertThat(value.value()).isZero());
    assertThat(burn.read(List.of(number(0), number(5), EMPTY, number(0))))
        .isEqualTo(new Reading.Blind(NO_DATA, "over 5m: total is 0.0: no traffic"));
    assertThat(burn.read(List.of(number(0), LATE, number(1), number(1))))
        .isEqualTo(new Reading.Blind(TIMEOUT, "over 1h: total: too slow"));
  }

  @Test
  void aPairThatCannotBeSeenDoesNotHideOneThatBurns() {
    BurnRate burn = rate("99.9%", pair("1h", "5m", "14.4"), pair("6h", "30m", "6"));
    List<Answer> burning = new ArrayList<>(shares(0.5, 0.5));
    List<Answer> calm = new ArrayList<>(shares(0, 0));
    List.of(burning, calm).forEach(some -> some.addAll(List.of(LATE, LATE, LATE, LATE)));

    assertThat(burn.read(burning)).isInstanceOf(Reading.Value.class);
    assertThat(burn.read(calm)).isInstanceOf(Reading.Blind.class);
  }

  @Test
  void aShareOfErrorsIsReadAsItStands() {
    BurnRate burn =
        new BurnRate(
            Optional.empty(),
            Optional.empty(),
            Optional.of("slo:errors[$window]"),
            Quantity.parse("99%"),
            List.of(pair("1m", "10s", "10")));

    assertThat(((Reading.Value) burn.read(List.of(number(0.2), number(0.5)))).value())
        .isCloseTo(20, within(1e-6));
    assertThat(burn.read(List.of(number(Double.NaN), number(1)))).isInstanceOf(Reading.Blind.class);
    assertThat(burn.read(List.of(number(1), number(Double.POSITIVE_INFINITY))))
        .isInstanceOf(Reading.Blind.class);
  }

  @Test
  void onlyTheShortestWindowCountsForTheBaseline() {
    assertThat(rate("99.9%").window()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void windowsThatTheRunCannotFillAreSaidInThePlan() {
    assertThat(gate(rate("99.9%")).cautions(Duration.ofMinutes(8), Duration.ofMinutes(1)))
        .satisfiesExactly(
            fill -> assertThat(fill).startsWith("Gate budget: its window of 6h is longer than"),
            back -> assertThat(back).contains("take 30m to see the end of it", "has 1m."));
    assertThat(
            gate(rate("99.9%", pair("1m", "10s", "14.4")))
                .cautions(Duration.ofMinutes(8), Duration.ofMinutes(1)))
        .isEmpty();
  }

  @Test
  void whatCanNeverBreachIsRefused() {
    assertThatThrownBy(() -> rate("90%"))
        .isInstanceOf(InvalidValue.class)
        .hasMessage(
            "with an objective of 90% nothing burns faster than 10×: a factor of 14.4 is never"
                + " reached; give 'windows' with smaller factors");
  }
}
