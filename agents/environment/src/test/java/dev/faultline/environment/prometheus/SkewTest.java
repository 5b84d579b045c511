package dev.faultline.environment.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkewTest {

  private static final Instant SENT = Instant.ofEpochSecond(1000);

  @ParameterizedTest
  @CsvSource({
    // Sent at 1000 s, received at 1004 s.
    "1000, 1001, 0",
    "1003, 1004, 0",
    "999,  1000, 0",
    "990,  991, -9",
    "1014, 1015, 10",
  })
  void aSlowAnswerIsNotAWrongClock(long earliest, long latest, long skew) {
    assertThat(
            Skew.between(
                Instant.ofEpochSecond(earliest), Instant.ofEpochSecond(latest), received(null)))
        .isEqualTo(Duration.ofSeconds(skew));
  }

  @Test
  void withoutADateThereIsNothingToTell() {
    assertThat(Skew.byDate(received(null))).isZero();
    assertThat(Skew.byDate(received(SENT.minusSeconds(60)))).isEqualTo(Duration.ofSeconds(-59));
  }

  private static Received received(@Nullable Instant date) {
    return new Received(
        200,
        Optional.ofNullable(date),
        Optional.empty(),
        ByteString.EMPTY,
        SENT,
        SENT.plusSeconds(4));
  }
}
