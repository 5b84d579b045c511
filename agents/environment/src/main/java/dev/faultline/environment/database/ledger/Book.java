package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Our side of a ledger: what was sent and what was acknowledged, and when. Thread-safe.
 *
 * <p>It holds 4 bytes for each write, 8 for each second and a bit for each millisecond: some 12 MB
 * for 5,000 writes per second in ten minutes.
 */
final class Book implements Witness {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final boolean again;
  private final Instant began;
  private final LongSupplier nanos;
  private final long start;
  private final List<Numbers> numbers;
  private final long[] sent;
  private final BitSet failures = new BitSet();
  private final Gaps gaps;
  private final Seconds seconds = new Seconds();
  private long attempted;
  private long acknowledged;
  private long failed;
  private long overlapping;
  private long timeline;
  private long incidents;

  /**
   * An empty book.
   *
   * @param again whether a number that failed is sent once more
   * @param pace the time between two writes of a writer
   * @param began the present moment
   * @param nanos a clock that only goes forward
   */
  Book(int writers, boolean again, Duration pace, Instant began, LongSupplier nanos) {
    this.again = again;
    this.began = began;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.numbers = IntStream.range(0, writers).mapToObj(_ -> new Numbers()).toList();
    this.sent = new long[writers];
    this.gaps = new Gaps(writers, began, pace);
  }

  @Override
  public int sent(int writer) {
    return locked(
        () -> {
          sent[writer] = now();
          attempted++;
          return numbers.get(writer).send();
        });
  }

  @Override
  public void acknowledged(int writer, long by) {
    lock.lock();
    try {
      long now = now();
      numbers.get(writer).acknowledge(millis(now));
      acknowledged++;
      seconds.acknowledged(now);
      gaps.acknowledged(writer, now);
      if (by > 0 && by < timeline) {
        overlapping++;
      }
      timeline = Math.max(timeline, by);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void failed(int writer, String error) {
    lock.lock();
    try {
      numbers.get(writer).fail(again);
      failures.set(millis(sent[writer]));
      failed++;
      incidents++;
      seconds.failed(now());
      gaps.failed(writer, sent[writer], error);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reconnected() {
    lock.lock();
    try {
      incidents++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What is known at a moment.
   *
   * @param incidents how often a write failed, or a connection was or was not made
   * @param timeline the newest that acknowledged a write; 0 where not known
   * @param millis since the beginning
   */
  record Moment(List<Numbers.View> numbers, long incidents, long timeline, int millis) {}

  /** What is known now. */
  Moment moment() {
    return locked(
        () ->
            new Moment(
                numbers.stream().map(Numbers::view).toList(), incidents, timeline, millis(now())));
  }

  /** What a reading is held against that began at one moment and ended at another. */
  Comparison comparison(Moment before, Moment after) {
    return locked(
        () ->
            new Comparison(
                before.numbers(), after.numbers(), (BitSet) failures.clone(), after.millis()));
  }

  /** The account of now. */
  LedgerAccount account(String database, Optional<Tally> tally, String unread) {
    return locked(
        () -> {
          long now = now();
          return new LedgerAccount(
              database,
              numbers.size(),
              began,
              began.plusNanos(now),
              attempted,
              acknowledged,
              failed,
              overlapping,
              tally,
              unread,
              gaps.list(now),
              seconds.list(began, now));
        });
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return nanos.getAsLong() - start;
  }

  private static int millis(long nanos) {
    return (int) (nanos / NANOS_PER_MILLI);
  }
}
