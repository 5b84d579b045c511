package dev.faultline.node.packet;

import java.time.Duration;

/**
 * What a fault did so far, counted where it happened.
 *
 * @param matched packets that its rules chose, by the kernel's count
 * @param bytes of those
 * @param passed packets that went on, after their time
 * @param lost packets that the fault took away
 * @param duplicated copies that were sent beside the original
 * @param corrupted packets that went on with a wrong bit
 * @param named answers of DNS to questions for names that the fault means
 * @param held packets that are kept at the moment: lost should the agent be killed now
 * @param mostHeld the most that were kept at a time
 * @param spared packets that passed untouched, because too many were held already
 * @param vanished packets that were held when somebody took a chain with a hook away in the
 *     namespace, upon which the kernel drops what any queue holds; they count as passed too
 * @param least measured time that a packet was held; zero where it has no meaning, as the next two
 * @param median measured
 * @param most measured
 */
public record PacketReading(
    long matched,
    long bytes,
    long passed,
    long lost,
    long duplicated,
    long corrupted,
    long named,
    long held,
    long mostHeld,
    long spared,
    long vanished,
    Duration least,
    Duration median,
    Duration most) {}
