/** How soon agents in pods disturb, and how soon it is over. */
@NullMarked
package dev.faultline.benchmarks.agents;

import org.jspecify.annotations.NullMarked;
