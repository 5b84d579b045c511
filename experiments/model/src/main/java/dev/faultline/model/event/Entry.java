package dev.faultline.model.event;

import java.time.Duration;
import java.time.Instant;

/**
 * An event with its place in the journal.
 *
 * @param number from 0, without gaps
 * @param at time by the wall clock, for people and for other systems' data
 * @param elapsed time since the start of the run by the monotonic clock, for figures
 */
public record Entry(long number, Instant at, Duration elapsed, Event event) {}
