/** How long a command takes that does next to nothing. */
@NullMarked
package dev.faultline.benchmarks.start;

import org.jspecify.annotations.NullMarked;
