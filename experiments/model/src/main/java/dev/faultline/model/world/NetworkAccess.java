package dev.faultline.model.world;

import java.util.Optional;

/**
 * What can be done with the packets of a place.
 *
 * @param place which one
 * @param shared whether Faultline itself is in it, so that a fault of everything would cut it off
 * @param closed why packets cannot be disturbed there; empty when they can
 */
public record NetworkAccess(NetworkPlace place, boolean shared, Optional<String> closed) {}
