/** Labs of real processes, started and broken. */
@NullMarked
package dev.faultline.environment.lab;

import org.jspecify.annotations.NullMarked;
