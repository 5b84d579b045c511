/** Single requests over HTTP, whose answers gates read. */
@NullMarked
package dev.faultline.environment.probe;

import org.jspecify.annotations.NullMarked;
