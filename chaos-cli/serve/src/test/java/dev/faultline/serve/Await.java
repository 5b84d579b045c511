package dev.faultline.serve;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks again until an answer is right. */
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private Await() {}

  static <T> T until(Callable<T> question, Predicate<T> right) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T answer = question.call();
    while (!right.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not within %s; the last answer is %s".formatted(PATIENCE, answer));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      answer = question.call();
    }
    return answer;
  }
}
