package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Jitter;
import dev.faultline.node.packet.PacketEffect.Latency;

/** A delay line: each packet leaves its delay after it came, in order or not. */
final class LatencyStage implements Stage {

  private final Jitter jitter;
  private final boolean ordered;
  private long last;

  LatencyStage(Latency latency, long seed, long now) {
    this.jitter =
        new Jitter(
            latency.delay(), latency.jitter(), latency.distribution(), latency.correlation(), seed);
    this.ordered = latency.ordered();
    this.last = now;
  }

  @Override
  public void meet(Fate fate, int length) {
    long leaves = fate.leaves() + jitter.next();
    last = Math.max(last, leaves);
    fate.leave(ordered ? last : leaves);
  }
}
