package dev.faultline.model.event;

/**
 * Whether an effect, or its end, was shown.
 *
 * @param proven whether it was
 * @param words what was asked and answered
 */
public record Evidence(boolean proven, String words) {}
