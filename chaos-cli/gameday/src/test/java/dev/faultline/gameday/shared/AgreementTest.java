package dev.faultline.gameday.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AgreementTest {

  private static Agreement of(String registered, String before, String now, boolean held) {
    return Agreement.of(
        Optional.of(registered).filter(text -> !text.isEmpty()),
        Optional.of(before).filter(text -> !text.isEmpty()),
        now,
        held);
  }

  @Test
  void theFirstContentIsWhatAllFollow() {
    assertThat(of("", "", "a", false)).isEqualTo(Agreement.REGISTERS);
    assertThat(of("a", "", "a", true)).isEqualTo(Agreement.FOLLOWS);
    assertThat(of("a", "a", "a", true)).isEqualTo(Agreement.FOLLOWS);
  }

  @Test
  void aChangeCountsFromWhoSawIt() {
    assertThat(of("a", "a", "b", true)).isEqualTo(Agreement.REGISTERS);
    assertThat(of("b", "a", "a", true)).as("has not changed yet").isEqualTo(Agreement.DIFFERS);
    assertThat(of("b", "a", "b", true)).isEqualTo(Agreement.FOLLOWS);
    assertThat(of("b", "a", "c", true)).as("was changed, too").isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void whoStartsWithAnotherContentDoesNotOverruleThoseThatAreThere() {
    assertThat(of("a", "", "b", true)).isEqualTo(Agreement.DIFFERS);
    assertThat(of("a", "", "b", false)).isEqualTo(Agreement.REGISTERS);
    assertThat(of("a", "b", "b", false)).as("they are gone").isEqualTo(Agreement.REGISTERS);
  }
}
