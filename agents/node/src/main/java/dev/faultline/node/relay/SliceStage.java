package dev.faultline.node.relay;

import dev.faultline.node.relay.StreamFault.Slice;

/** Cuts what comes into pieces, and lets one leave after each pause. */
final class SliceStage extends Stage {

  private final int most;
  private final long pause;
  private long free;

  SliceStage(Active active, Slice slice, long now) {
    super(active);
    this.most = slice.bytes();
    this.pause = slice.pause().toNanos();
    this.free = now;
  }

  @Override
  long due() {
    return isEmpty() ? Ticks.NEVER : Math.max(free, head().came());
  }

  @Override
  int most() {
    return most;
  }

  @Override
  void left(Piece piece, long time) {
    free = Ticks.after(time, pause);
  }
}
