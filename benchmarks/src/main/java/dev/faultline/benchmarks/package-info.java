/** Programs that print the tables of docs/benchmarks.md. */
@NullMarked
package dev.faultline.benchmarks;

import org.jspecify.annotations.NullMarked;
