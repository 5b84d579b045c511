package dev.faultline.node.relay;

import dev.faultline.node.delay.Jitter;
import dev.faultline.node.relay.StreamFault.Latency;

/**
 * A delay line: each piece leaves its delay after it came, but never before an earlier one.
 * Throughput is the same as without it, up to {@link Lane#UNDER_WAY} bytes in the time of a delay.
 */
final class LatencyStage extends Stage {

  private final Jitter jitter;
  private long last;

  LatencyStage(Active active, Latency latency, long seed) {
    super(active);
    this.jitter =
        new Jitter(
            latency.delay(), latency.jitter(), latency.distribution(), latency.correlation(), seed);
  }

  @Override
  void offer(Piece piece) {
    last = Math.max(last, Ticks.after(piece.came(), jitter.next()));
    piece.setDue(last);
    super.offer(piece);
  }

  @Override
  long due() {
    return isEmpty() ? Ticks.NEVER : head().due();
  }

  @Override
  long room() {
    return Lane.UNDER_WAY;
  }
}
