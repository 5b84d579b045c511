/** The load of a run, wherever it is made, and what it met. */
@NullMarked
package dev.faultline.environment.load;

import org.jspecify.annotations.NullMarked;
