/** What happened in a run, as an append-only stream. */
@NullMarked
package dev.faultline.model.event;

import org.jspecify.annotations.NullMarked;
