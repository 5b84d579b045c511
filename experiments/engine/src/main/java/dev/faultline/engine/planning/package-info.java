/** From a loaded experiment and the facts of the moment to a plan. */
@NullMarked
package dev.faultline.engine.planning;

import org.jspecify.annotations.NullMarked;
