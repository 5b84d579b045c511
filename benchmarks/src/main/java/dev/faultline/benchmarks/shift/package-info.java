/** What requests notice of a router that is told to split them otherwise. */
@NullMarked
package dev.faultline.benchmarks.shift;

import org.jspecify.annotations.NullMarked;
