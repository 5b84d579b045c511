/**
 * Whether a canary is worse than stable, looked at as often as one likes: evidence that grows look
 * by look, and may be acted on at any of them. Imports nothing of this room.
 */
@NullMarked
package dev.faultline.judge.sequential;

import org.jspecify.annotations.NullMarked;
