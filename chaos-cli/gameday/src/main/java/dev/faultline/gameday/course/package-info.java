/** What becomes of occasions: decisions, and the journal of them. Pure but for the file. */
@NullMarked
package dev.faultline.gameday.course;

import org.jspecify.annotations.NullMarked;
