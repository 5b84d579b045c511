/** Signals and the bounds that guard a run. */
@NullMarked
package dev.faultline.model.gate;

import org.jspecify.annotations.NullMarked;
