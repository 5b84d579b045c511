package dev.faultline.environment;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, and fails when it does not within a generous bound. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private Await() {}

  public static void until(String what, Callable<Boolean> condition) throws Exception {
    until(what, BOUND, condition);
  }

  /** With a bound for what takes long on a busy machine. */
  public static void until(String what, Duration bound, Callable<Boolean> condition)
      throws Exception {
    long began = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - began > bound.toNanos()) {
        throw new AssertionError("not within " + bound.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
