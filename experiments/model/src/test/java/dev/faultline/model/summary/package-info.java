/** What streams of events amount to. */
@NullMarked
package dev.faultline.model.summary;

import org.jspecify.annotations.NullMarked;
