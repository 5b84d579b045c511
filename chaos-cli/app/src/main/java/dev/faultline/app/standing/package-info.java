/** A lab that stands without a run. */
@NullMarked
package dev.faultline.app.standing;

import org.jspecify.annotations.NullMarked;
