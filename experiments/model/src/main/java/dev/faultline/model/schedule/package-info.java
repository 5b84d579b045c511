/** When things happen by themselves: schedules, windows and freezes of game days. */
@NullMarked
package dev.faultline.model.schedule;

import org.jspecify.annotations.NullMarked;
