package dev.faultline.model.cluster;

import java.util.Optional;

/**
 * How much a container may use, by the spec of its pod.
 *
 * @param container its name
 * @param cores the processor time of how many; empty where it has no limit
 * @param memory how many bytes; empty where it has no limit
 */
public record ContainerLimits(String container, Optional<Double> cores, Optional<Long> memory) {}
