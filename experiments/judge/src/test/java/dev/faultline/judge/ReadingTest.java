package dev.faultline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ReadingTest {

  @Test
  void whatIsNoNumberIsBlind() {
    assertThat(Reading.of(Double.NaN))
        .isInstanceOfSatisfying(
            Reading.Blind.class, blind -> assertThat(blind.reason()).isEqualTo(BlindReason.NAN));
    assertThat(Reading.of(0.5)).isEqualTo(new Reading.Value(0.5));
    assertThatThrownBy(() -> new Reading.Value(Double.NaN)).hasMessage("NaN is not a value");
  }

  @Test
  void anInfiniteValueIsOutsideOfEveryUpperBound() {
    assertThat(Reading.of(Double.POSITIVE_INFINITY))
        .isEqualTo(new Reading.Value(Double.POSITIVE_INFINITY));
    assertThat(new Bound.Below(Quantity.parse("1h")).holds(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void latenciesOfManySecondsAreReadAsOne() {
    Latencies all = Latencies.merge(List.of(encoded(1_000, 2_000), encoded(3_000, 400_000)));

    assertThat(all.count()).isEqualTo(4);
    assertThat(all.percentile(50)).isBetween(Duration.ofMillis(2), Duration.ofNanos(2_010_000));
    assertThat(all.max()).isBetween(Duration.ofMillis(399), Duration.ofMillis(401));
    assertThat(Latencies.merge(List.of()).count()).isZero();
  }

  @Test
  void whatIsNoHistogramIsRefused() {
    for (String broken : List.of("", "?", "AAAA", "SGVsbG8gd29ybGQhIQ==")) {
      assertThatThrownBy(() -> Latencies.merge(List.of(broken)))
          .as(broken)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a compressed histogram in base64");
    }
  }

  private static String encoded(long... micros) {
    Histogram histogram = new Histogram(3);
    for (long one : micros) {
      histogram.recordValue(one);
    }
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    byte[] bytes = new byte[histogram.encodeIntoCompressedByteBuffer(buffer)];
    buffer.rewind().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
