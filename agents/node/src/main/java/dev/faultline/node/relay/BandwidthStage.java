package dev.faultline.node.relay;

import dev.faultline.node.relay.StreamFault.Bandwidth;

/**
 * A thin line: a piece leaves when its last byte could have been sent, after those before it. Long
 * pieces leave in parts of 10 ms, so that bytes flow evenly. Late wake-ups are made up for.
 */
final class BandwidthStage extends Stage {

  private static final int PARTS_PER_SECOND = 100;
  private static final int MOST = 64 << 10;

  private final double nanosPerByte;
  private final int most;
  private long free;

  BandwidthStage(Active active, Bandwidth bandwidth, long now) {
    super(active);
    this.nanosPerByte = 1e9 / bandwidth.bytesPerSecond();
    this.most = Math.clamp(bandwidth.bytesPerSecond() / PARTS_PER_SECOND, 1, MOST);
    this.free = now;
  }

  @Override
  long due() {
    if (isEmpty()) {
      return Ticks.NEVER;
    }
    int length = Math.min(most, head().length());
    return Math.max(free, head().came()) + Math.round(length * nanosPerByte);
  }

  @Override
  int most() {
    return most;
  }

  @Override
  void left(Piece piece, long time) {
    free = time;
  }
}
