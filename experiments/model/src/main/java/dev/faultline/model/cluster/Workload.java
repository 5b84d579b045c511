package dev.faultline.model.cluster;

import java.util.Optional;

/**
 * What runs pods and starts them again.
 *
 * @param name its kind and name, such as {@code deployment/web}; of a pod that nothing starts
 *     again, the pod itself
 * @param desired how many pods it wants
 * @param ready how many of them are ready
 * @param taken which other run disturbs it, or did and has not put it back, in words; empty when
 *     none does
 */
public record Workload(String name, int desired, int ready, Optional<String> taken) {

  /** One that no other run disturbs. */
  public Workload(String name, int desired, int ready) {
    this(name, desired, ready, Optional.empty());
  }
}
