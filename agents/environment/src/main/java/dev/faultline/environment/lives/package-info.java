/** Processes that live as long as a lab, the programs it runs, and the folders it keeps. */
@NullMarked
package dev.faultline.environment.lives;

import org.jspecify.annotations.NullMarked;
