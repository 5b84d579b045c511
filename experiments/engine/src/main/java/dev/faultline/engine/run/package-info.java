/** The run: a pure state machine, and the thin loop around it. */
@NullMarked
package dev.faultline.engine.run;

import org.jspecify.annotations.NullMarked;
