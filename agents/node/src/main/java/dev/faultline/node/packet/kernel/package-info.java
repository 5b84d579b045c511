/**
 * Linux: netlink, nftables, packet queues, network namespaces; through the Foreign Function API.
 */
@NullMarked
package dev.faultline.node.packet.kernel;

import org.jspecify.annotations.NullMarked;
