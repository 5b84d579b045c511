/** How much memory a run takes, and its lab with it. */
@NullMarked
package dev.faultline.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
