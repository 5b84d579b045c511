package dev.faultline.model.rollout;

import dev.faultline.model.codec.OneOf;
import dev.faultline.model.route.Route;

/**
 * Where a rollout splits traffic.
 *
 * @param by the router
 */
public record Routing(@OneOf Route by) {}
