package dev.faultline.environment.kubernetes.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.load.LoadSecond;
import dev.faultline.model.world.LoadInterval;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What several pods tell of one load becomes one. */
final class LoadMergeTest {

  private static final Instant BEGAN = Instant.parse("2026-01-01T12:00:00Z");

  private final LoadMerge merge = new LoadMerge(2, BEGAN, Duration.ofSeconds(10));

  @Test
  void aSecondCountsWhenEveryPodHasToldIt() throws Exception {
    merge.told(0, second(0, 3, Map.of("timeout", 1L), 1_000));
    merge.told(0, second(1, 4, Map.of(), 1_000));
    assertThat(merge.complete(BEGAN.plusSeconds(3))).isEmpty();

    merge.told(1, second(0, 2, Map.of("timeout", 1L, "http 503", 1L), 9_000));
    merge.told(1, second(0, 2, Map.of("timeout", 1L, "http 503", 1L), 9_000));

    List<LoadInterval> seconds = merge.complete(BEGAN.plusSeconds(3));
    assertThat(seconds).hasSize(1);
    LoadInterval one = seconds.getFirst();
    assertThat(one.intended()).isEqualTo(8);
    assertThat(one.answered()).isEqualTo(5);
    assertThat(one.errors()).isEqualTo(Map.of("timeout", 2L, "http 503", 1L));
    assertThat(one.asked()).isEqualTo(8);
    Histogram latencies = histogram(one);
    assertThat(latencies.getTotalCount()).isEqualTo(8);
    assertThat(latencies.getValueAtPercentile(50)).isBetween(1_000L, 1_001L);
    assertThat(latencies.getMaxValue()).isBetween(9_000L, 9_010L);
  }

  @Test
  void whatALostPodWouldHaveSentIsMissingAndNotMadeUpFor() {
    merge.told(0, second(0, 4, Map.of(), 1_000));
    merge.told(1, second(0, 4, Map.of(), 1_000));
    merge.told(0, second(1, 4, Map.of(), 1_000));
    assertThat(merge.lost(1)).isTrue();
    assertThat(merge.lost(1)).isFalse();
    merge.told(0, second(2, 4, Map.of(), 1_000));

    List<LoadInterval> seconds = merge.complete(BEGAN.plusSeconds(4));
    assertThat(seconds).extracting(LoadInterval::intended).containsExactly(8L, 4L, 4L);
    assertThat(seconds).extracting(LoadInterval::asked).containsOnly(8.0);
    assertThat(merge.living()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsForASilentPodBeyondTheBoundAndItsLateWordsChangeNothing() {
    merge.told(0, second(0, 4, Map.of(), 1_000));
    assertThat(merge.complete(BEGAN.plusSeconds(11))).isEmpty();
    assertThat(merge.complete(BEGAN.plusSeconds(12))).hasSize(1);

    merge.told(1, second(0, 4, Map.of(), 1_000));
    assertThat(merge.complete(BEGAN.plusSeconds(13)))
        .extracting(LoadInterval::intended)
        .containsExactly(4L);
  }

  @Test
  void aPodThatBeganLateTellsNothingOfTheSecondsBefore() {
    merge.told(0, second(0, 4, Map.of(), 1_000));
    merge.told(1, second(1, 4, Map.of(), 1_000));
    assertThat(merge.complete(BEGAN.plusSeconds(3)))
        .extracting(LoadInterval::intended)
        .containsExactly(4L);
  }

  private static LoadSecond second(
      long number, long answered, Map<String, Long> errors, long micros) {
    Histogram latencies = new Histogram(30_000_000, 3);
    latencies.recordValueWithCount(micros, 4);
    ByteBuffer buffer = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
    int length = latencies.encodeIntoCompressedByteBuffer(buffer);
    return new LoadSecond(
        number,
        BEGAN.plusSeconds(number),
        8,
        4,
        answered,
        errors,
        Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
  }

  private static Histogram histogram(LoadInterval second) throws Exception {
    return Histogram.decodeFromCompressedByteBuffer(
        ByteBuffer.wrap(Base64.getDecoder().decode(second.histogram())), 0);
  }
}
