package dev.faultline.environment.kubernetes.load;

import dev.faultline.load.LoadSecond;
import dev.faultline.model.world.LoadInterval;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What several pods tell of one load, second by second. A second counts when every pod that is not
 * lost has told it, or a bound has passed since it ended: then what was told is what there was. The
 * requests of a lost pod are not made up for: fewer were due than were asked for. The last hour is
 * kept. Thread-safe.
 */
final class LoadMerge {

  private static final int KEPT_SECONDS = 3600;
  private static final int SIGNIFICANT_DIGITS = 3;
  // What a pod tells of a time far ahead is nothing that could have been.
  private static final int MOST_OPEN = 600;

  private final Instant began;
  private final Duration bound;
  private final Set<Integer> living = new HashSet<>();
  private final Map<Integer, Long> newest = new HashMap<>();
  private final TreeMap<Long, Map<Integer, LoadSecond>> open = new TreeMap<>();
  private final Deque<LoadInterval> complete = new ArrayDeque<>();
  private long next;

  /**
   * Nothing is told yet.
   *
   * @param pods how many there are
   * @param began when the first second does
   * @param bound how long one waits for a pod after the end of a second
   */
  LoadMerge(int pods, Instant began, Duration bound) {
    this.began = began;
    this.bound = bound;
    IntStream.range(0, pods).forEach(living::add);
  }

  /** A pod tells a second; one that it told before, or that counts already, changes nothing. */
  synchronized void told(int pod, LoadSecond second) {
    if (second.second() >= next && second.second() < next + MOST_OPEN) {
      open.computeIfAbsent(second.second(), _ -> new HashMap<>()).put(pod, second);
      newest.merge(pod, second.second(), Math::max);
    }
  }

  /**
   * A pod is lost: nobody waits for it any more.
   *
   * @return whether that is news
   */
  synchronized boolean lost(int pod) {
    return living.remove(pod);
  }

  /** How many are not lost. */
  synchronized int living() {
    return living.size();
  }

  /** The seconds that count by now, oldest first. */
  synchronized List<LoadInterval> complete(Instant now) {
    while (!open.isEmpty()) {
      long second = open.firstKey();
      boolean past = now.isAfter(began.plusSeconds(second + 1).plus(bound));
      if (!past && !living.stream().allMatch(pod -> newest.getOrDefault(pod, -1L) >= second)) {
        break;
      }
      complete.addLast(merged(second, open.pollFirstEntry().getValue()));
      next = second + 1;
      if (complete.size() > KEPT_SECONDS) {
        complete.removeFirst();
      }
    }
    return List.copyOf(complete);
  }

  private LoadInterval merged(long second, Map<Integer, LoadSecond> parts) {
    Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    Map<String, Long> errors = new TreeMap<>();
    for (LoadSecond part : parts.values()) {
      latencies.add(decoded(part.histogram()));
      part.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    }
    return new LoadInterval(
        second,
        began.plusSeconds(second),
        parts.values().stream().mapToDouble(LoadSecond::asked).max().orElse(0),
        parts.values().stream().mapToLong(LoadSecond::intended).sum(),
        parts.values().stream().mapToLong(LoadSecond::answered).sum(),
        errors,
        encoded(latencies));
  }

  private static Histogram decoded(String text) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    } catch (DataFormatException | IllegalArgumentException rubbish) {
      return new Histogram(SIGNIFICANT_DIGITS);
    }
  }

  private static String encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
