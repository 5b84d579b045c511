package dev.faultline.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends every exchange at its deadline. All have the same time, so that they are due in the order in
 * which they began, and one thread that looks at the oldest is enough: a timer of its own for each
 * would take a tenth of the processor time of a load. Thread-safe.
 */
final class Deadlines implements AutoCloseable {

  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

  private final long nanos;
  private final Queue<Exchange> began = new ConcurrentLinkedQueue<>();
  private final Thread watch;
  private volatile boolean closed;

  /**
   * Watches nothing yet.
   *
   * @param timeout within which every exchange ends
   */
  Deadlines(Duration timeout) {
    this.nanos = timeout.toNanos();
    this.watch = Thread.ofPlatform().daemon().name("load deadlines").start(this::watch);
  }

  /** Begins an exchange now. */
  Exchange begin() {
    Exchange exchange = new Exchange(System.nanoTime() + nanos);
    began.add(exchange);
    return exchange;
  }

  private void watch() {
    while (!closed) {
      long left = BETWEEN_LOOKS;
      for (Exchange oldest = began.peek(); oldest != null; oldest = began.peek()) {
        left = oldest.deadline() - System.nanoTime();
        if (oldest.isUnderWay() && left > 0) {
          break;
        }
        began.remove();
        end(oldest);
      }
      LockSupport.parkNanos(this, Math.clamp(left, 1, BETWEEN_LOOKS));
    }
  }

  private static void end(Exchange exchange) {
    try {
      exchange.expire();
    } catch (IOException unclean) {
      // Closed or not: whoever waits there hears of it.
      return;
    }
  }

  /** Ends all that is under way. */
  void endAll() {
    began.forEach(Deadlines::end);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
    endAll();
  }
}
