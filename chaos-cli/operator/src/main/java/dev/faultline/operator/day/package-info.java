/** Game days of a cluster: when they ask objects for a run, as a function of what is seen. */
@NullMarked
package dev.faultline.operator.day;

import org.jspecify.annotations.NullMarked;
