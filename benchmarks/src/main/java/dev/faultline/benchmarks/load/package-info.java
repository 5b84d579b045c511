/** The load generator beside vegeta and k6, against a server whose latencies are known. */
@NullMarked
package dev.faultline.benchmarks.load;

import org.jspecify.annotations.NullMarked;
