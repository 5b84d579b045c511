/** What becomes of a packet, as a function of when it comes: no clock, no I/O. */
@NullMarked
package dev.faultline.node.packet.course;

import org.jspecify.annotations.NullMarked;
