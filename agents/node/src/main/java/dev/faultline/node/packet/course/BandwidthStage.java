package dev.faultline.node.packet.course;

import dev.faultline.node.packet.PacketEffect.Bandwidth;

/**
 * A thin line, as a token bucket that holds one packet: a packet leaves when its last byte could
 * have been sent, after those before it. What would wait too long is lost, as at a full queue.
 */
final class BandwidthStage implements Stage {

  private final double nanosPerByte;
  private final long longestWait;

  // From which free counts, so that its fractions are exact.
  private final long origin;
  private double free;

  BandwidthStage(Bandwidth bandwidth, long now) {
    this.nanosPerByte = 1e9 / bandwidth.bytesPerSecond();
    this.longestWait = bandwidth.longestWait().toNanos();
    this.origin = now;
  }

  @Override
  public void meet(Fate fate, int length) {
    double comes = fate.leaves() - origin;
    double begins = Math.max(free, comes);
    if (begins - comes > longestWait) {
      fate.lose();
      return;
    }
    free = begins + length * nanosPerByte;
    fate.leave(origin + (long) Math.ceil(free));
  }
}
