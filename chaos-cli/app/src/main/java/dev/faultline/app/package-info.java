/** Commands, live view, launcher: the wiring, and the only door to the terminal. */
@NullMarked
package dev.faultline.app;

import org.jspecify.annotations.NullMarked;
