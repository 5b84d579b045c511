package dev.faultline.gameday.calendar;

import java.time.Instant;
import java.util.Optional;

/**
 * A time at which a game day is due.
 *
 * @param planned as the schedule says
 * @param start when it begins, with what was drawn for its jitter
 * @param obstacle what keeps it from beginning at all
 */
public record Occasion(Instant planned, Instant start, Optional<Obstacle> obstacle) {}
