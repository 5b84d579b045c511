/** What an operator costs whose objects are idle. */
@NullMarked
package dev.faultline.benchmarks.operator;

import org.jspecify.annotations.NullMarked;
