package dev.faultline.operator.day;

import dev.faultline.operator.course.Seen;
import java.util.Optional;

/**
 * What a game day wants of an object: another request to run in the place of the one that it has,
 * unless it has changed since it was seen.
 *
 * @param request none where empty
 */
public record Wish(Seen object, Optional<String> request) {}
