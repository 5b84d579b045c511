/** Other machines: the hands there, and how they are reached. */
@NullMarked
package dev.faultline.environment.remote;

import org.jspecify.annotations.NullMarked;
