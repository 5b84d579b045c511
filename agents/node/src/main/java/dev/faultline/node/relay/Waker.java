package dev.faultline.node.relay;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a time that is finer than its timeout of whole milliseconds: a thread that
 * parks, which is some 60 µs late on Linux.
 */
final class Waker implements Runnable {

  private final Selector selector;
  private final AtomicLong due = new AtomicLong(Ticks.NEVER);
  private final Thread thread;
  private volatile boolean over;

  private Waker(Selector selector, String name) {
    this.selector = selector;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
  }

  static Waker start(Selector selector, String name) {
    Waker waker = new Waker(selector, name);
    waker.thread.start();
    return waker;
  }

  /** Sets when to wake, in place of what was set before. */
  void set(long time) {
    long before = due.getAndSet(time);
    if (time < before) {
      LockSupport.unpark(thread);
    }
  }

  /** Ends the thread. */
  void close() {
    over = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    while (!over) {
      long time = due.get();
      long left = time == Ticks.NEVER ? Ticks.NEVER : time - Ticks.now();
      if (left == Ticks.NEVER) {
        LockSupport.park(this);
      } else if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else if (due.compareAndSet(time, Ticks.NEVER)) {
        selector.wakeup();
      }
    }
  }
}
