/** Packets of networks of this machine, disturbed by agents. */
@NullMarked
package dev.faultline.environment.packet;

import org.jspecify.annotations.NullMarked;
