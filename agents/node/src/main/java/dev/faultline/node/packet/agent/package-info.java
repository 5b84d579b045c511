/** The program that disturbs packets for a run, and what starts it. */
@NullMarked
package dev.faultline.node.packet.agent;

import org.jspecify.annotations.NullMarked;
