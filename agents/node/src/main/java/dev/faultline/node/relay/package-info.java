/**
 * A relay: passes TCP connections on to a server, and disturbs them when told to.
 *
 * <p>{@link dev.faultline.node.relay.Relay} is the door. What a fault means stands in {@link
 * dev.faultline.node.relay.StreamFault}.
 */
@NullMarked
package dev.faultline.node.relay;

import org.jspecify.annotations.NullMarked;
