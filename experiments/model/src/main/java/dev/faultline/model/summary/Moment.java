package dev.faultline.model.summary;

import java.time.Duration;

/**
 * A moment of a run that figures are made of.
 *
 * @param elapsed since the start of the run
 * @param evidence what shows it, in words
 */
public record Moment(Duration elapsed, String evidence) {}
