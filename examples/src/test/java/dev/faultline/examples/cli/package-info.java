/** The product from end to end, as a user starts it: each Faultline is a process of its own. */
@NullMarked
package dev.faultline.examples.cli;

import org.jspecify.annotations.NullMarked;
