package dev.faultline.model.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * How a kubelet asks a container how it is.
 *
 * @param use what follows from the answers
 * @param container whose it is
 * @param port the port of TCP at which it asks the pod; empty where it does not ask there
 * @param period how often
 * @param failures after how many failures in turn something follows
 * @param successes after how many answers in turn it is well again
 * @param timeout how long an answer may take
 */
public record Probe(
    Use use,
    String container,
    Optional<Integer> port,
    Duration period,
    int failures,
    int successes,
    Duration timeout) {

  /** What follows from the answers. */
  public enum Use {
    /** Whether the pod is ready. */
    READINESS,
    /** Whether the container is started again. */
    LIVENESS
  }

  /** After how long without an answer something follows, at the latest. */
  public Duration fails() {
    return period.multipliedBy(failures).plus(timeout);
  }

  /** After how long without an answer something follows, at the earliest. */
  public Duration failsNotBefore() {
    return period.multipliedBy(failures - 1L);
  }

  /** After how long with answers it is well again, at the latest. */
  public Duration recovers() {
    return period.multipliedBy(successes + 1L).plus(timeout);
  }
}
