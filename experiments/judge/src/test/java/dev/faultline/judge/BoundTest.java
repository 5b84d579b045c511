package dev.faultline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BoundTest {

  private static final Quantity ONE = Quantity.parse("1");
  private static final Quantity TWO = Quantity.parse("2");

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(new Bound.Below(ONE), List.of(0.99, -5.0), List.of(1.0, 1.01), "below 1"),
        Arguments.of(new Bound.Above(ONE), List.of(1.01), List.of(1.0, 0.0), "above 1"),
        Arguments.of(
            new Bound.Between(ONE, TWO),
            List.of(1.0, 1.5, 2.0),
            List.of(0.99, 2.01),
            "between 1 and 2"),
        Arguments.of(new Bound.Equals(ONE), List.of(1.0), List.of(1.0000001, 0.0), "equal to 1"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itsEdgesAreWhereItsWordsSay(
      Bound bound, List<Double> inside, List<Double> outside, String words) {
    assertThat(inside).allMatch(bound::holds);
    assertThat(outside).noneMatch(bound::holds);
    assertThat(bound.words()).isEqualTo(words);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsNoNumberIsNeverInside(
      Bound bound, List<Double> inside, List<Double> outside, String words) {
    assertThat(bound.holds(Double.NaN)).isFalse();
  }

  @Test
  void everyKindOfBoundIsAmongTheCases() {
    assertThat(cases().map(one -> Objects.requireNonNull(one.get()[0]).getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Bound.class.getPermittedSubclasses()).map(Class::getName).toList());
  }

  @Test
  void anEmptyIntervalIsRefused() {
    assertThatThrownBy(() -> new Bound.Between(TWO, ONE))
        .hasMessage("between needs [low, high] in one unit, not [2, 1]");
    assertThatThrownBy(() -> new Bound.Between(ONE, Quantity.parse("2s")))
        .hasMessage("between needs [low, high] in one unit, not [1, 2s]");
    assertThat(new Bound.Between(ONE, ONE).holds(1)).isTrue();
  }
}
