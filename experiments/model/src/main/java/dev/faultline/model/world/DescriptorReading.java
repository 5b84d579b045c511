package dev.faultline.model.world;

/**
 * The descriptors of a process, as the kernel tells.
 *
 * @param limit above which number it gets none
 * @param open how many it has
 * @param free how many more it can open
 */
public record DescriptorReading(long limit, long open, long free) {}
