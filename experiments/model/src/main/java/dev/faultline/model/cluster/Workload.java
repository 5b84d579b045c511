package dev.faultline.model.cluster;

/**
 * What runs pods and starts them again.
 *
 * @param name its kind and name, such as {@code deployment/web}; of a pod that nothing starts
 *     again, the pod itself
 * @param desired how many pods it wants
 * @param ready how many of them are ready
 */
public record Workload(String name, int desired, int ready) {}
