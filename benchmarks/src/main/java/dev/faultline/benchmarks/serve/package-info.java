/** The page for the war room: how late it is, and what a thousand runs cost. */
@NullMarked
package dev.faultline.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
