package dev.faultline.environment.lab;

import dev.faultline.model.world.ProcessState;
import dev.faultline.node.Child;
import java.time.Duration;
import java.util.Optional;

/** One life of a process: from a start to the end that follows it. Thread-safe. */
final class Life {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final Duration TRUSTED_AFTER = Duration.ofSeconds(1);

  private final Child child;
  private final Optional<HealthCheck> check;
  private final long began = System.nanoTime();
  private volatile boolean healthy;

  Life(Child child, Optional<HealthCheck> check) {
    this.child = child;
    this.check = check;
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
