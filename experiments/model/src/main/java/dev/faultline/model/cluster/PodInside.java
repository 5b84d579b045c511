package dev.faultline.model.cluster;

import java.util.List;
import java.util.Optional;

/**
 * What is in a pod.
 *
 * @param containers as they are now
 * @param probes of all of them
 * @param limits of those that have any
 */
public record PodInside(
    List<ContainerRef> containers, List<Probe> probes, List<ContainerLimits> limits) {

  /** Where nobody asked. */
  public static final PodInside UNKNOWN = new PodInside(List.of(), List.of());

  /** Keeps the lists unchangeable. */
  public PodInside {
    containers = List.copyOf(containers);
    probes = List.copyOf(probes);
    limits = List.copyOf(limits);
  }

  /** One whose containers have no limits. */
  public PodInside(List<ContainerRef> containers, List<Probe> probes) {
    this(containers, probes, List.of());
  }

  /** How much a container may use. */
  public ContainerLimits limitsOf(String container) {
    return limits.stream()
        .filter(one -> one.container().equals(container))
        .findFirst()
        .orElse(new ContainerLimits(container, Optional.empty(), Optional.empty()));
  }
}
