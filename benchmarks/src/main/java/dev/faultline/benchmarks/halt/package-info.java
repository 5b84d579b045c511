/** How soon all is well again once somebody pulls the lever. */
@NullMarked
package dev.faultline.benchmarks.halt;

import org.jspecify.annotations.NullMarked;
