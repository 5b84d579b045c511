/** Faults of packets, measured between two network namespaces. */
@NullMarked
package dev.faultline.benchmarks.packets;

import org.jspecify.annotations.NullMarked;
