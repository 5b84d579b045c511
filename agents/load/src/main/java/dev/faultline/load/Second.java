package dev.faultline.load;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** The requests that are due in one second, from the first that is due to the last that ends. */
final class Second {

  private static final int SIGNIFICANT_DIGITS = 3;

  private final long number;
  private final Instant began;
  private final double asked;
  private final long longest;
  private final Recorder latencies;
  private final Map<String, Long> errors = new TreeMap<>();
  private long intended;
  private long ended;
  private long answered;
  private boolean allDue;

  /**
   * A second without requests so far.
   *
   * @param asked the rate that is asked for, in requests per second
   * @param longest the longest latency that is told apart, in microseconds; longer ones count as it
   */
  Second(long number, Instant began, double asked, long longest) {
    this.number = number;
    this.began = began;
    this.asked = asked;
    this.longest = longest;
    this.latencies = new Recorder(longest, SIGNIFICANT_DIGITS);
  }

  long number() {
    return number;
  }

  synchronized void due() {
    intended++;
  }

  /** No further request will be due in this second. */
  synchronized void close() {
    allDue = true;
  }

  /** One request has ended, this long after it was due. */
  void ended(Outcome outcome, long nanos) {
    latencies.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, longest));
    count(outcome);
  }

  /** One request was never sent, so it has no latency. */
  void notSent(Outcome.Failure why) {
    count(why);
  }

  private synchronized void count(Outcome outcome) {
    ended++;
    switch (outcome) {
      case Outcome.Answered ok -> answered++;
      case Outcome.Failure(String kind) -> errors.merge(kind, 1L, Long::sum);
    }
  }

  /** What it met, once every request has ended. */
  synchronized Optional<LoadSecond> whenComplete() {
    return allDue && ended == intended
        ? Optional.of(
            new LoadSecond(
                number,
                began,
                asked,
                intended,
                answered,
                errors,
                encode(latencies.getIntervalHistogram())))
        : Optional.empty();
  }

  private static String encode(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }
}
