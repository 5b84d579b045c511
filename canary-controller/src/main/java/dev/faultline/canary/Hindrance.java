package dev.faultline.canary;

/**
 * Why a step of a rollout lasts longer than it was to last.
 *
 * @param cause tells one reason from another; the same while only its figures change
 * @param words the reason, with its figures
 */
record Hindrance(String cause, String words) {}
