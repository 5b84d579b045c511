/** Compares the relay with another proxy: {@code benchmarks/run relay}. */
@NullMarked
package dev.faultline.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
