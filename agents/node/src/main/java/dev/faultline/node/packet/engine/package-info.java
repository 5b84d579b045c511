/** Puts faults of packets in force, and takes them back whatever happens. */
@NullMarked
package dev.faultline.node.packet.engine;

import org.jspecify.annotations.NullMarked;
