package dev.faultline.reports.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.00042S, 0.4 ms",
    "PT0.0112S, 11.2 ms",
    "PT0.3014S, 301 ms",
    "PT0.9996S, 1 s",
    "PT9.994S, 9.99 s",
    "PT28S, 28 s",
    "PT59.96S, 1 min",
    "PT125S, 2 min 05 s",
    "PT1H2M, 1 h 02 min"
  })
  void aSpanHasThreeOrFourDigits(Duration span, String text) {
    assertThat(Spelling.span(span)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, +0:00.0", "PT65.24S, +1:05.2", "PT59.96S, +1:00.0", "PT3661S, +1:01:01.0"})
  void aMomentReadsLikeAClock(Duration elapsed, String text) {
    assertThat(Spelling.at(elapsed)).isEqualTo(text);
  }

  @Test
  void theWallClockIsShownInUtc() {
    assertThat(Spelling.wall(Instant.parse("2026-03-14T09:26:53.5Z")))
        .isEqualTo("2026-03-14 09:26:53 UTC");
  }

  @Test
  void aShareOfNothingIsNotANumber() {
    assertThat(Spelling.share(0, 0)).isEqualTo("–");
    assertThat(Spelling.share(1, 3)).isEqualTo("33.33%");
  }
}
