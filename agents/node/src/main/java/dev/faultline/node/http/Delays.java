package dev.faultline.node.http;

import java.time.Duration;
import java.util.Arrays;

/** Delays as they were measured. Thread-safe. */
final class Delays {

  static final int KEPT = 4096;

  private final long[] newest = new long[KEPT];
  private long count;
  private long least;
  private long most;

  synchronized void add(long nanos) {
    least = count == 0 ? nanos : Math.min(least, nanos);
    most = Math.max(most, nanos);
    newest[(int) (count++ % KEPT)] = nanos;
  }

  synchronized HttpReport report(long seen, long matched, long affected) {
    long[] sorted = Arrays.copyOf(newest, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    long median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    return new HttpReport(
        seen,
        matched,
        affected,
        Duration.ofNanos(least),
        Duration.ofNanos(median),
        Duration.ofNanos(most));
  }
}
