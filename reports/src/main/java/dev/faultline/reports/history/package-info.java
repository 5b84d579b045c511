/** The runs of one experiment over time; imports facts and comparison. */
@NullMarked
package dev.faultline.reports.history;

import org.jspecify.annotations.NullMarked;
