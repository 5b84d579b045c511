/** Two runs side by side: what got better, what got worse; imports facts. */
@NullMarked
package dev.faultline.reports.comparison;

import org.jspecify.annotations.NullMarked;
