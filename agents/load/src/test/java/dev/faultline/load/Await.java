package dev.faultline.load;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what comes in its own time. */
public final class Await {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private Await() {}

  /** Looks until something holds, for a minute at most. */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    long began = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - began > BOUND.toNanos()) {
        throw new AssertionError("not within a minute: " + what);
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }
}
