package dev.faultline.engine.past;

import java.time.Instant;

/**
 * A time in which a run would have been ended.
 *
 * @param began when that showed first
 * @param raised when it had lasted for as long as it takes; not before it began
 * @param ended the last moment at which it was so, or of the time that was looked at
 * @param words what was seen, in words
 */
public record Alarm(Instant began, Instant raised, Instant ended, String words) {}
