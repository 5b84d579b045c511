/** What a run would do, as a value. */
@NullMarked
package dev.faultline.model.plan;

import org.jspecify.annotations.NullMarked;
