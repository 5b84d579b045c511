package dev.faultline.gameday.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VigilTest {

  private final Vigil vigil = new Vigil(Duration.ofSeconds(3));

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void whoseBeatDoesNotRiseIsDeadAfterItsTimeAndNotBefore() {
    assertThat(vigil.look(at(0), Map.of("a", 1L, "b", 1L))).isEmpty();
    assertThat(vigil.look(at(1), Map.of("a", 1L, "b", 2L))).isEmpty();
    assertThat(vigil.look(at(2), Map.of("a", 1L, "b", 3L))).isEmpty();
    assertThat(vigil.look(at(3), Map.of("a", 1L, "b", 4L))).isEmpty();
    assertThat(vigil.look(at(4), Map.of("a", 1L, "b", 5L))).containsExactly("a");
  }

  @Test
  void whoeverWasStoppedHimselfLooksAgainBeforeHeSaysSo() {
    assertThat(vigil.look(at(0), Map.of("a", 1L))).isEmpty();
    assertThat(vigil.look(at(3_600), Map.of("a", 1L))).isEmpty();
    assertThat(vigil.look(at(3_601), Map.of("a", 2L))).isEmpty();
    assertThat(vigil.look(at(3_602), Map.of("a", 2L))).isEmpty();
    assertThat(vigil.look(at(3_606), Map.of("a", 2L))).isEmpty();
    assertThat(vigil.look(at(3_607), Map.of("a", 2L))).containsExactly("a");
  }

  @Test
  void whileNobodyCouldLookNobodyDies() {
    assertThat(vigil.look(at(0), Map.of("a", 1L))).isEmpty();
    assertThat(vigil.look(at(1), Map.of("a", 1L))).isEmpty();
    assertThat(vigil.look(at(2), Map.of("a", 1L))).isEmpty();
    vigil.forget();
    assertThat(vigil.look(at(100), Map.of("a", 1L))).isEmpty();
    assertThat(vigil.look(at(101), Map.of("a", 2L))).isEmpty();
  }
}
