/** What it takes to write the journal of a run, and to tell about it. */
@NullMarked
package dev.faultline.benchmarks.journal;

import org.jspecify.annotations.NullMarked;
