package dev.faultline.node;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, and fails when it does not within a generous bound. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(30);

  /**
   * What is waited for.
   *
   * @param <X> what asking may throw
   */
  @FunctionalInterface
  public interface Condition<X extends Exception> {
    /** Whether it is so. */
    boolean holds() throws X;
  }

  private Await() {}

  /** Returns when it is so. */
  public static <X extends Exception> void until(String what, Condition<X> condition) throws X {
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
