package dev.faultline.node.http;

import java.time.Duration;

/**
 * What became of a fault since it was put.
 *
 * @param seen requests that came meanwhile
 * @param matched of these, how many matched
 * @param affected of these, to how many all effects of the fault happened in full
 * @param least the shortest delay that was added, as measured; zero when none was
 * @param median of the newest 4096 delays
 * @param most the longest
 */
public record HttpReport(
    long seen, long matched, long affected, Duration least, Duration median, Duration most) {}
