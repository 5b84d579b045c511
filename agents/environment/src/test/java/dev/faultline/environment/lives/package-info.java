/** What processes of a lab print, and what is quoted of it. */
@NullMarked
package dev.faultline.environment.lives;

import org.jspecify.annotations.NullMarked;
