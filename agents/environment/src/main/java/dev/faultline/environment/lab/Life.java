package dev.faultline.environment.lab;

import dev.faultline.model.world.ProcessState;
import dev.faultline.node.Child;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One life of a process: from a start to the end that follows it. Thread-safe. */
final class Life {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Duration TRUSTED_AFTER = Duration.ofSeconds(1);
  private static final Duration POLITE = Duration.ofSeconds(3);
  private static final Duration REAPING = Duration.ofSeconds(2);

  private final Child child;
  private final Optional<HealthCheck> check;
  private final Optional<FakeTime> clock;
  private final CompletableFuture<Void> followed = new CompletableFuture<>();
  private final long began = System.nanoTime();
  private volatile boolean healthy;
  private volatile boolean replaced;

  /**
   * A life that has begun.
   *
   * @param clock the one it has, where that is not the right one
   */
  Life(Child child, Optional<HealthCheck> check, Optional<FakeTime> clock) {
    this.child = child;
    this.check = check;
    this.clock = clock;
  }

  /** What became of the wait for health. */
  sealed interface Health {
    /** It is healthy. */
    record Good() implements Health {}

    /** It ended first. */
    record Ended(int exitValue) implements Health {}

    /** It lives, and was not healthy in time. */
    record Missing(String complaint) implements Health {}
  }

  /** Waits until the process is healthy, has ended, or has had its time. */
  Health awaitHealth() throws InterruptedException {
    while (true) {
      Optional<String> complaint = check.flatMap(HealthCheck::complaint);
      // In this order: an answer may come from whoever got the port after the process ended.
      if (!child.process().isAlive()) {
        return new Health.Ended(child.process().exitValue());
      }
      if (complaint.isEmpty()) {
        healthy = check.isPresent();
        return new Health.Good();
      }
      if (check.filter(slow -> age().compareTo(slow.within()) > 0).isPresent()) {
        return new Health.Missing(complaint.get());
      }
      if (child.process().waitFor(BETWEEN_LOOKS)) {
        return new Health.Ended(child.process().exitValue());
      }
    }
  }

  /**
   * Ends it, politely first, so that another life follows; waits for its end, and not for what
   * follows.
   */
  void replace() throws InterruptedException {
    replaced = true;
    // What is frozen would act on a request only after it was thawed.
    if (state() == ProcessState.STOPPED) {
      child.process().destroyForcibly();
    } else {
      child.process().destroy();
    }
    if (!child.process().waitFor(POLITE)) {
      child.process().destroyForcibly();
      boolean _ = child.process().waitFor(REAPING);
    }
  }

  /** Whether it ends because somebody wanted another life. */
  boolean isReplaced() {
    return replaced;
  }

  /** Another life has begun. */
  void follow() {
    followed.complete(null);
  }

  /** Waits for the next life; returns whether one has begun. */
  boolean awaitFollowed(Duration bound) throws InterruptedException {
    try {
      followed.get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException none) {
      return false;
    }
  }

  /** The clock that it has; empty where that is the right one. */
  Optional<FakeTime> clock() {
    return clock;
  }

  /** Waits for the end, and returns the exit value. */
  int awaitEnd() throws InterruptedException {
    return child.process().waitFor();
  }

  /** Whether it was ever healthy; without a check, whether it lasted a second. */
  boolean wasHealthy() {
    return healthy || (check.isEmpty() && age().compareTo(TRUSTED_AFTER) > 0);
  }

  /** Empty while it lives. */
  Optional<Integer> exitValue() {
    return child.process().isAlive() ? Optional.empty() : Optional.of(child.process().exitValue());
  }

  ProcessState state() {
    return switch (child.identity().state()) {
      case RUNNING -> ProcessState.RUNNING;
      case STOPPED -> ProcessState.STOPPED;
      case GONE -> ProcessState.GONE;
    };
  }

  Child child() {
    return child;
  }

  String identity() {
    return child.identity().text();
  }

  private Duration age() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
