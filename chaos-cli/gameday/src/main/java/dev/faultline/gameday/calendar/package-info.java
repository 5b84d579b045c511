/** When game days are due, and what keeps them from beginning: pure, no clock inside. */
@NullMarked
package dev.faultline.gameday.calendar;

import org.jspecify.annotations.NullMarked;
