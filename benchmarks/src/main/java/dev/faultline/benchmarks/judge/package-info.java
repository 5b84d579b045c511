/** How often judges blame healthy canaries, and how soon they see bad ones, by simulation. */
@NullMarked
package dev.faultline.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
