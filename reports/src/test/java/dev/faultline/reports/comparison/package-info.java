/** Runs side by side. */
@NullMarked
package dev.faultline.reports.comparison;

import org.jspecify.annotations.NullMarked;
