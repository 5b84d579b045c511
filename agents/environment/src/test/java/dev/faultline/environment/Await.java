package dev.faultline.environment;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, and fails when it does not within a generous bound. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private Await() {}

  public static void until(String what, Callable<Boolean> condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - began > BOUND.toNanos()) {
        throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
