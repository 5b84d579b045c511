/** Game days as they stand in files, with the calendars that they name. */
@NullMarked
package dev.faultline.gameday.file;

import org.jspecify.annotations.NullMarked;
