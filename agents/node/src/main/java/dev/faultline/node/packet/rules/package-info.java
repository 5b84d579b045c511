/** The rules by which the kernel chooses packets, as values: no I/O. */
@NullMarked
package dev.faultline.node.packet.rules;

import org.jspecify.annotations.NullMarked;
