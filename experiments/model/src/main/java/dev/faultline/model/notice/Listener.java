package dev.faultline.model.notice;

import dev.faultline.model.codec.OneOf;

/**
 * Somebody who is told.
 *
 * @param channel how
 */
public record Listener(@OneOf Channel channel) {}
