package dev.faultline.node.relay;

import java.time.Duration;

/**
 * What a fault did so far.
 *
 * @param connections that it hit
 * @param bytes that it touched
 * @param pieces that it touched: what was read at once, or cut by the fault
 * @param least measured extra delay of a piece; zero where it has no meaning, as the next two
 * @param median measured extra delay
 * @param most measured extra delay
 */
public record RelayReport(
    long connections, long bytes, long pieces, Duration least, Duration median, Duration most) {

  /** Of a fault that did nothing. */
  public static final RelayReport NOTHING =
      new RelayReport(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
