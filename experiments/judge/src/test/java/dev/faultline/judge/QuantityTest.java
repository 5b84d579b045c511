package dev.faultline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "7, 7, NUMBER",
    "-1, -1, NUMBER",
    "0.5, 0.5, NUMBER",
    "1%, 0.01, SHARE",
    "99.9%, 0.999, SHARE",
    "0.5pp, 0.005, SHARE_DIFFERENCE",
    "250us, 0.00025, SECONDS",
    "250µs, 0.00025, SECONDS",
    "300ms, 0.3, SECONDS",
    "5s, 5, SECONDS",
    "2m, 120, SECONDS",
    "1h, 3600, SECONDS",
    "1d, 86400, SECONDS",
    "512B, 512, BYTES",
    "1Ki, 1024, BYTES",
    "10Mi, 10485760, BYTES",
    "1Gi, 1073741824, BYTES",
    "1Ti, 1099511627776, BYTES",
    "40/s, 40, PER_SECOND",
    "30/m, 0.5, PER_SECOND",
    "36/h, 0.01, PER_SECOND",
    "5 s, 5, SECONDS"
  })
  void eachUnitCountsInItsBase(String text, double value, Unit unit) {
    Quantity read = Quantity.parse(text);

    assertThat(read.value()).isCloseTo(value, within(Math.abs(value) * 1e-12));
    assertThat(read.unit()).isEqualTo(unit);
    assertThat(read).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "%",
        "1x",
        "1 x",
        "1ss",
        "1MS",
        "1mi",
        "1M",
        "--1",
        "1.",
        ".5",
        "1e3",
        "NaN",
        "Infinity",
        "1,5",
        "0x10",
        "1%%",
        "1  s",
        "1s 2ms",
        "１",
        "1000000000000000000"
      })
  void whatIsNoQuantityIsRefusedByName(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a quantity");
  }

  @Test
  void onlyTimesBecomeDurations() {
    assertThat(Quantity.parse("1.5s").toDuration()).isEqualTo(Duration.ofMillis(1500));
    assertThat(Quantity.parse("0s").toDuration()).isZero();
    for (String none : List.of("7", "1%", "-1s", "10Mi", "1/s", "999999999999999d")) {
      assertThatThrownBy(() -> Quantity.parse(none).toDuration())
          .as(none)
          .hasMessage("'" + none + "' is not a duration");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1%, 0.0123, 1.23%",
    "1%, 0, 0%",
    "1%, 0.00001, 0.001%",
    "0.5pp, 0.01, 1pp",
    "800ms, 0.2345, 234.5ms",
    "800ms, 2, 2s",
    "5s, 0.00002, 0.02ms",
    "10Mi, 5242880, 5Mi",
    "40/s, 39.999, 40/s",
    "7, 7.25, 7.25",
    "7, -3, -3"
  })
  void aMeasuredValueIsSpelledInTheUnitOfItsBound(String bound, double measured, String spelled) {
    assertThat(Quantity.parse(bound).spellLike(measured)).isEqualTo(spelled);
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void whatIsNoNumberIsSpelledAsThat(Unit unit) {
    Quantity like = Quantity.parse(unit.example());

    assertThat(like.spellLike(Double.NaN)).startsWith("NaN");
    assertThat(like.spellLike(Double.POSITIVE_INFINITY)).startsWith("Infinity");
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void eachUnitHasAnExampleOfItself(Unit unit) {
    assertThat(Quantity.parse(unit.example()).unit()).isEqualTo(unit);
  }

  /** What is spelled for people reads back as what was measured, to the digits shown. */
  @ParameterizedTest
  @EnumSource(Unit.class)
  void whatIsSpelledReadsBack(Unit unit) {
    SplittableRandom chance = new SplittableRandom(5);
    Quantity like = Quantity.parse(unit.example());
    for (int i = 0; i < 2_000; i++) {
      double measured = chance.nextDouble(1e-3, 1e4);
      String spelled = like.spellLike(measured);

      Quantity read = Quantity.parse(spelled);

      double shown = unit == Unit.BYTES ? 0.006 * (1 << 20) : 0.006;
      assertThat(read.unit()).as(spelled).isEqualTo(unit);
      assertThat(read.value()).as(spelled).isCloseTo(measured, within(shown));
    }
  }

  @Test
  void aNumberOfTheProgramIsSpelledBriefly() {
    assertThat(Quantity.of(3).text()).isEqualTo("3");
    assertThat(Quantity.of(0.25).text()).isEqualTo("0.25");
    assertThat(Quantity.of(0.0005).text()).isEqualTo("0.0005");
  }
}
