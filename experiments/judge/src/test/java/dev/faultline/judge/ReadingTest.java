package dev.faultline.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
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

  @Test
  void whatIsAddedUpIsWhatTheLibraryAddsUp() {
    Random chance = new Random(4);
    List<String> seconds = new ArrayList<>();
    Histogram whole = new Histogram(3);
    for (int second = 0; second < 200; second++) {
      // Now and then one of another precision, as another program may have written it.
      Histogram one = new Histogram(second % 20 == 0 ? 2 : 3);
      for (int request = chance.nextInt(300); request > 0; request--) {
        one.recordValueWithCount(
            chance.nextLong(1L << chance.nextInt(1, 40)), 1L << chance.nextInt(40));
      }
      seconds.add(encoded(one));
      whole.add(one);
    }

    Latencies all = Latencies.merge(seconds);

    assertThat(all.count()).isEqualTo(whole.getTotalCount());
    assertThat(all.max()).isEqualTo(Duration.ofNanos(whole.getMaxValue() * 1_000));
    SortedMap<Long, Long> counts = new TreeMap<>();
    for (HistogramIterationValue value : whole.recordedValues()) {
      counts.put(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
    }
    assertThat(all.counts()).isEqualTo(counts);
  }

  @Test
  void aDamagedHistogramIsRefusedOrReadAndNothingElse() {
    byte[] whole = Base64.getDecoder().decode(encoded(1_000, 2_000, 3_000, 400_000));
    Random chance = new Random(5);
    for (int damage = 0; damage < 20_000; damage++) {
      byte[] bytes = Arrays.copyOf(whole, chance.nextInt(whole.length + 1));
      for (int hits = chance.nextInt(3); hits > 0 && bytes.length > 0; hits--) {
        bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt();
      }
      String damaged = Base64.getEncoder().encodeToString(bytes);
      assertThatCode(
              () -> {
                try {
                  Latencies.merge(List.of(damaged));
                } catch (IllegalArgumentException refused) {
                  assertThat(refused).hasMessage("not a compressed histogram in base64");
                }
              })
          .as(damaged)
          .doesNotThrowAnyException();
    }
  }

  private static String encoded(long... micros) {
    Histogram histogram = new Histogram(3);
    for (long one : micros) {
      histogram.recordValue(one);
    }
    return encoded(histogram);
  }

  private static String encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    byte[] bytes = new byte[histogram.encodeIntoCompressedByteBuffer(buffer)];
    buffer.rewind().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
