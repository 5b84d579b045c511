/** How soon a bad version has no traffic any more. */
@NullMarked
package dev.faultline.benchmarks.breach;

import org.jspecify.annotations.NullMarked;
