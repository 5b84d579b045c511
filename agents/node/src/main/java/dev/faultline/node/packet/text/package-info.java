/** How faults of packets cross standard input and output: lines of words, one spelling of each. */
@NullMarked
package dev.faultline.node.packet.text;

import org.jspecify.annotations.NullMarked;
