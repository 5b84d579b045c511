/** Several schedulers on one PostgreSQL: what one has claimed, no other begins. */
@NullMarked
package dev.faultline.gameday.shared;

import org.jspecify.annotations.NullMarked;
