/** Faults of many pods, beside what kubectl does. */
@NullMarked
package dev.faultline.benchmarks.kubernetes;

import org.jspecify.annotations.NullMarked;
