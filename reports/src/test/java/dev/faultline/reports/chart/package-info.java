/** Tests of the package of the same name. */
@NullMarked
package dev.faultline.reports.chart;

import org.jspecify.annotations.NullMarked;
