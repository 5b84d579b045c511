package dev.faultline.judge;

import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Latencies of many requests in microseconds, three significant digits. Not thread-safe; never
 * changed once made.
 */
public final class Latencies {

  private final Histogram histogram;

  private Latencies(Histogram histogram) {
    this.histogram = histogram;
  }

  /**
   * Merges histograms in the compressed encoding of HdrHistogram, in base64.
   *
   * @throws IllegalArgumentException when one of them is not such a histogram
   */
  public static Latencies merge(Collection<String> encoded) {
    try (EncodedCounts counts = new EncodedCounts()) {
      for (String one : encoded) {
        counts.add(Base64.getDecoder().decode(one));
      }
      return new Latencies(counts.sum());
    } catch (DataFormatException | RuntimeException broken) {
      throw new IllegalArgumentException("not a compressed histogram in base64", broken);
    }
  }

  /** How many requests there are. */
  public long count() {
    return histogram.getTotalCount();
  }

  /**
   * The latency that this share of requests did not exceed.
   *
   * @param percent from 0 to 100
   */
  public Duration percentile(double percent) {
    return Duration.ofNanos(histogram.getValueAtPercentile(percent) * 1_000);
  }

  /** How many requests took how long: counts by microseconds, to three significant digits. */
  public SortedMap<Long, Long> counts() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      counts.put(value.getValueIteratedTo(), value.getCountAtValueIteratedTo());
    }
    return counts;
  }

  /** How many requests took longer than that. */
  public long over(Duration limit) {
    long micros = limit.toNanos() / 1_000;
    return counts().tailMap(micros + 1).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The longest latency. */
  public Duration max() {
    return Duration.ofNanos(histogram.getMaxValue() * 1_000);
  }
}
