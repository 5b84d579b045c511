/**
 * Faults of packets: what they hit and what they do, as values.
 *
 * <p>{@code course} computes what becomes of a packet, {@code rules} which rules choose it, both
 * without touching anything; {@code kernel} speaks to Linux; {@code engine} puts faults in force.
 */
@NullMarked
package dev.faultline.node.packet;

import org.jspecify.annotations.NullMarked;
