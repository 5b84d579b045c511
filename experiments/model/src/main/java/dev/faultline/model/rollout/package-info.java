/** The parts of a rollout: its steps, and what is compared between stable and canary. */
@NullMarked
package dev.faultline.model.rollout;

import org.jspecify.annotations.NullMarked;
