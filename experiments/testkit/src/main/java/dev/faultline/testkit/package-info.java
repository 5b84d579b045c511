/** A fake world in simulated time, for us and for users. */
@NullMarked
package dev.faultline.testkit;

import org.jspecify.annotations.NullMarked;
