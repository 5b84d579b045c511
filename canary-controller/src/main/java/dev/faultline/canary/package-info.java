/**
 * Rollouts: traffic goes to a new version step by step, as long as the evidence allows. State and
 * timeline are pure; {@link dev.faultline.canary.RolloutCourse} is the thin loop around them.
 */
@NullMarked
package dev.faultline.canary;

import org.jspecify.annotations.NullMarked;
