/** Where each mark of a drawing goes: numbers from facts, no markup. */
@NullMarked
package dev.faultline.reports.chart;

import org.jspecify.annotations.NullMarked;
