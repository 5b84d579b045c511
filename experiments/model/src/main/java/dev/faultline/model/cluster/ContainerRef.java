package dev.faultline.model.cluster;

/**
 * One life of a container of a pod: it has another id when it was started again.
 *
 * @param name its name in the pod
 * @param id what no other container ever has; empty while it does not run
 */
public record ContainerRef(String name, String id) {}
