package dev.faultline.model.world;

import java.util.Optional;

/**
 * What can be done with the descriptors of a process.
 *
 * @param limit how many it may have now
 * @param closed why its limit cannot be changed; empty when it can
 */
public record DescriptorAccess(long limit, Optional<String> closed) {}
