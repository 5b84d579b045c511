/** Databases that run already and that Faultline did not start. */
@NullMarked
package dev.faultline.environment.database.named;

import org.jspecify.annotations.NullMarked;
