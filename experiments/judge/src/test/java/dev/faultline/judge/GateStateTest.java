package dev.faultline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One letter is one reading a second: {@code .} inside, {@code x} outside, {@code ?} blind; the
 * states that follow are I(nside), O(utside), B(reached), {@code ?} (blind).
 */
final class GateStateTest {

  private static final Bound BELOW_ONE = new Bound.Below(Quantity.parse("1"));

  private static List<GateState> states(String readings, Duration lasting) {
    List<GateState> states = new ArrayList<>();
    GateState state = GateState.unread();
    for (int second = 0; second < readings.length(); second++) {
      state =
          state.on(
              reading(readings.charAt(second)), Duration.ofSeconds(second), BELOW_ONE, lasting);
      states.add(state);
    }
    return states;
  }

  private static Reading reading(char letter) {
    return switch (letter) {
      case '.' -> new Reading.Value(0);
      case 'x' -> new Reading.Value(1);
      default -> new Reading.Blind(BlindReason.NO_DATA, "nothing");
    };
  }

  private static String letters(List<GateState> states) {
    StringBuilder letters = new StringBuilder();
    states.forEach(
        state ->
            letters.append(
                state.status() == GateState.Status.BLIND ? '?' : state.status().name().charAt(0)));
    return letters.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, ....,     IIII",
    "0, .x.x,     IBIB",
    "0, xxxx,     BBBB",
    "2, xx,       OO",
    "2, xxx,      OOB",
    "2, xxxx.,    OOBBI",
    "2, xx.xx.,   OOIOOI",
    "2, xx.xxx,   OOIOOB",
    "2, ?xxx,     ?OOB",
    "2, xx?,      OO?",
    "2, xx?x,     OO?O",
    "2, x?x?x,    O?O?O",
    "2, xxx?x,    OOB?O",
    "0, x?x,      B?B",
    "0, ???,      ???",
    "0, .?.,      I?I"
  })
  void aBreachMustLastAndBlindnessIsNoProof(int lasting, String readings, String expected) {
    assertThat(letters(states(readings, Duration.ofSeconds(lasting)))).isEqualTo(expected);
  }

  @Test
  void itStartsUnread() {
    assertThat(GateState.unread().status()).isEqualTo(GateState.Status.UNREAD);
    assertThat(GateState.unread().readings()).isZero();
  }

  @Test
  void theBeginOfABreachIsItsFirstReadingOutside() {
    GateState breached = states("..xxx", Duration.ofSeconds(2)).getLast();

    assertThat(breached.status()).isEqualTo(GateState.Status.BREACHED);
    assertThat(breached.since()).isEqualTo(Duration.ofSeconds(2));
    assertThat(breached.readings()).isEqualTo(3);
  }

  @Test
  void readingsOfOneKindAreCounted() {
    assertThat(states("...", Duration.ZERO).getLast().readings()).isEqualTo(3);
    assertThat(states("..???", Duration.ZERO).getLast().readings()).isEqualTo(3);
    assertThat(states("..?.", Duration.ZERO).getLast().readings()).isEqualTo(1);
    assertThat(states("..??", Duration.ZERO).getLast().since()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void noBreachWithoutAnUnbrokenSeriesOfReadingsOutside() {
    SplittableRandom chance = new SplittableRandom(7);
    for (int run = 0; run < 2_000; run++) {
      int lasting = chance.nextInt(4);
      StringBuilder readings = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        readings.append(".xx?".charAt(chance.nextInt(4)));
      }
      String states = letters(states(readings.toString(), Duration.ofSeconds(lasting)));
      for (int at = 0; at < 30; at++) {
        int from = at - lasting;
        boolean unbroken =
            from >= 0 && readings.substring(from, at + 1).chars().allMatch(letter -> letter == 'x');
        assertThat(states.charAt(at) == 'B')
            .as("%s after %d at %d", readings, lasting, at)
            .isEqualTo(unbroken);
      }
    }
  }
}
