package dev.faultline.gameday.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockOffsetTest {

  private static final Instant THERE = Instant.parse("2026-06-01T10:00:00Z");

  private static ClockOffset of(long before, long after) {
    return ClockOffset.of(THERE.plusMillis(before), THERE, THERE.plusMillis(after));
  }

  @Test
  void aSlowAnswerIsNoOffset() {
    assertThat(of(-3_000, 3_000).tooFar()).isFalse();
    assertThat(of(-100, 4_000).tooFar()).isFalse();
  }

  @Test
  void whatIsCertainlyBeyondTheBoundIsTold() {
    assertThat(of(1_010, 1_020).tooFar()).isTrue();
    assertThat(of(1_010, 1_020).words()).contains("1015 ms ahead of that of the database");
    assertThat(of(-2_000, -1_900).tooFar()).isTrue();
    assertThat(of(-2_000, -1_900).words()).contains("1950 ms behind that of the database");
    assertThat(of(900, 1_000).tooFar()).isFalse();
  }
}
