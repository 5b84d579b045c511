package dev.faultline.node.delay;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A histogram of times in nanoseconds. The least and the most are exact, the median is at most 0.8
 * % too low: each power of two is cut into 128 equal parts. Thread-safe.
 */
public final class Delays {

  private static final int PART_BITS = 7;
  private static final int PARTS = 1 << PART_BITS;

  private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong most = new AtomicLong();
  private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - PART_BITS) * PARTS);

  /** Counts one; a negative time counts as zero. */
  public void add(long nanos) {
    long time = Math.max(0, nanos);
    if (time < least.get()) {
      least.accumulateAndGet(time, Math::min);
    }
    if (time > most.get()) {
      most.accumulateAndGet(time, Math::max);
    }
    counts.incrementAndGet(place(time));
  }

  /** The least; 0 when there is none. */
  public long least() {
    return Math.min(least.get(), most.get());
  }

  /** The most; 0 when there is none. */
  public long most() {
    return most.get();
  }

  /** The median; 0 when there is none. */
  public long median() {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    long before = 0;
    for (int i = 0; i < counts.length(); i++) {
      before += counts.get(i);
      if (before * 2 > all) {
        return Math.clamp(value(i), least(), Math.max(least(), most()));
      }
    }
    return 0;
  }

  private static int place(long time) {
    int shift = Math.max(0, Long.SIZE - PART_BITS - 1 - Long.numberOfLeadingZeros(time));
    return (shift << PART_BITS) + (int) (time >>> shift);
  }

  private static long value(int place) {
    if (place < 2 * PARTS) {
      return place;
    }
    int shift = (place >>> PART_BITS) - 1;
    return (long) (place - (shift << PART_BITS)) << shift;
  }
}
