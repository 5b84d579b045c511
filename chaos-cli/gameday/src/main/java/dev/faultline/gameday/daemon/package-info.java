/** What begins runs when they are due: a loop around the pure core, woken by Quartz. */
@NullMarked
package dev.faultline.gameday.daemon;

import org.jspecify.annotations.NullMarked;
