package dev.faultline.model.cluster;

import java.util.List;

/**
 * What is in a pod.
 *
 * @param containers as they are now
 * @param probes of all of them
 */
public record PodInside(List<ContainerRef> containers, List<Probe> probes) {

  /** Where nobody asked. */
  public static final PodInside UNKNOWN = new PodInside(List.of(), List.of());

  /** Keeps the lists unchangeable. */
  public PodInside {
    containers = List.copyOf(containers);
    probes = List.copyOf(probes);
  }
}
