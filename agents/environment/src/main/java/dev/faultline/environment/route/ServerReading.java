package dev.faultline.environment.route;

/**
 * A server of HAProxy at a moment.
 *
 * @param name what it is called
 * @param weight the one that was set, from 0 to 256
 * @param effectiveWeight the one in force, which differs while a server warms up
 * @param status HAProxy's own word, such as {@code UP}, {@code DOWN}, {@code MAINT}, {@code no
 *     check}; one without weight may read as {@code DRAIN}
 * @param serves whether it would answer a request if it had weight: it is not known to be down, nor
 *     taken out by hand
 * @param requests how many it was given since HAProxy has started
 * @param answered5xx how many of these it answered with 500 to 599
 * @param unanswered how many of these failed without an answer of its own
 */
public record ServerReading(
    String name,
    int weight,
    int effectiveWeight,
    String status,
    boolean serves,
    long requests,
    long answered5xx,
    long unanswered) {}
