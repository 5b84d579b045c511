package dev.faultline.node;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, and fails when it does not within a generous bound. */
final class Await {

  private static final Duration BOUND = Duration.ofSeconds(30);

  /** What is waited for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  private Await() {}

  static void until(String what, Condition condition) throws IOException {
    long began = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - began > BOUND.toNanos()) {
        throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  static void state(ProcessIdentity process, ProcessState state) throws IOException {
    until(process.text() + " is " + state, () -> process.state() == state);
  }
}
