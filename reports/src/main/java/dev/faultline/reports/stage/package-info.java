/** Several runs before one release: what they proved together; imports facts and comparison. */
@NullMarked
package dev.faultline.reports.stage;

import org.jspecify.annotations.NullMarked;
