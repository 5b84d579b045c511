/** Open-loop load over HTTP, and what it met, second by second; runs by itself in a pod, too. */
@NullMarked
package dev.faultline.load;

import org.jspecify.annotations.NullMarked;
