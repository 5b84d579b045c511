package dev.faultline.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What everything that a relay passes on must get through. Thread-safe. */
final class RelayGate {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean shut;
  private volatile boolean removed;

  void shut() {
    shut = true;
  }

  void open() {
    lock.lock();
    try {
      shut = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on it stops nobody. */
  void remove() {
    lock.lock();
    try {
      removed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isShut() {
    return shut;
  }

  /** Waits while it is shut. */
  void pass() {
    if (!shut) {
      return;
    }
    lock.lock();
    try {
      while (shut && !removed) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives what is scarce some time to be there again. */
  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
