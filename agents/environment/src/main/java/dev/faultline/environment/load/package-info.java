/** Open-loop load over HTTP, and what it met, second by second. */
@NullMarked
package dev.faultline.environment.load;

import org.jspecify.annotations.NullMarked;
