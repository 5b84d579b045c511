package dev.faultline.model.fault;

import java.time.Duration;
import java.util.Optional;

/**
 * One layer that ends a fault.
 *
 * @param layer which one
 * @param within how long the fault can live when only this layer is left; empty where that depends
 *     on a person or a later run
 * @param how in words
 */
public record EndsBy(Layer layer, Optional<Duration> within, String how) {

  /** The layers of promise 1. */
  public enum Layer {
    /** The effect is over as soon as it is there. */
    INSTANT,
    /** The run withdraws it in time. */
    PLAN,
    /** Any later run or {@code faultline undo} withdraws it. */
    JOURNAL,
    /** What holds the fault withdraws it when its controller stops renewing. */
    LEASE,
    /** A detached watcher withdraws it when the lease is stale. */
    FUSE,
    /** The kernel ends it with the process that holds it. */
    KERNEL
  }
}
