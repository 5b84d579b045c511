package dev.faultline.environment.database.ledger;

import dev.faultline.model.environment.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The writers of a ledger from their start to their end, each a thread. */
final class Writers implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LAST_WRITE = Duration.ofMillis(300);
  private static final Duration END = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final List<Writer> writers;
  private final List<Thread> threads = new ArrayList<>();
  private final long[] cancelled;
  private final Thread watch;
  private volatile boolean closed;

  private Writers(Ledger ledger, List<Writer> writers) {
    this.ledger = ledger;
    this.writers = writers;
    this.cancelled = new long[writers.size()];
    for (int i = 0; i < writers.size(); i++) {
      threads.add(Thread.ofPlatform().daemon().name("ledger-" + i).unstarted(writers.get(i)));
    }
    this.watch = Thread.ofPlatform().daemon().name("ledger-watch").unstarted(this::watch);
  }

  /** Starts them. */
  static Writers start(Ledger ledger, LedgerStore store, Witness witness) {
    Writers started =
        new Writers(
            ledger,
            IntStream.range(0, ledger.writerCount())
                .mapToObj(number -> new Writer(number, ledger, store, witness))
                .toList());
    started.threads.forEach(Thread::start);
    started.watch.start();
    return started;
  }

  /**
   * Ends them: after the writes under way where those are quick, else by cutting them off. Takes as
   * long as a connection may take, and 2 s.
   */
  @Override
  public void close() {
    closed = true;
    for (int i = 0; i < writers.size(); i++) {
      writers.get(i).stop(threads.get(i));
    }
    LockSupport.unpark(watch);
    try {
      if (!joined(LAST_WRITE)) {
        writers.forEach(Writer::abort);
        boolean _ = joined(ledger.patience().plus(END));
      }
    } catch (InterruptedException interrupted) {
      writers.forEach(Writer::abort);
      Thread.currentThread().interrupt();
    }
  }

  private boolean joined(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    boolean all = true;
    for (Thread thread : threads) {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      all &= thread.join(left);
    }
    return all;
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(this, LOOK.toNanos());
      for (int i = 0; i < writers.size(); i++) {
        cancelLate(i);
      }
    }
  }

  /** In a thread of its own, as a server that is cut off takes the question and says nothing. */
  private void cancelLate(int i) {
    long now = System.nanoTime();
    Writer writer = writers.get(i);
    long since = writer.underWaySince();
    if (since != cancelled[i] && writer.isLate(now)) {
      cancelled[i] = since;
      Thread.startVirtualThread(writer::cancel);
    }
  }
}
