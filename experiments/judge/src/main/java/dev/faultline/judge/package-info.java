/** Samples, criteria, verdicts and the mathematics between them. */
@NullMarked
package dev.faultline.judge;

import org.jspecify.annotations.NullMarked;
