/** Kills of everything that has a part in runs on a real Kubernetes, and what is left of them. */
@NullMarked
package dev.faultline.benchmarks.storm;

import org.jspecify.annotations.NullMarked;
