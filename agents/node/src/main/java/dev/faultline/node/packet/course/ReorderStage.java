package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.PacketEffect.Reorder;

/** Holds some packets back, so that those behind them overtake. */
final class ReorderStage implements Stage {

  private final Reorder reorder;
  private final Dice dice;

  ReorderStage(Reorder reorder, long seed) {
    this.reorder = reorder;
    this.dice = new Dice(seed);
  }

  @Override
  public void meet(Fate fate, int length) {
    if (dice.hits(reorder.share())) {
      fate.leave(fate.leaves() + reorder.by().toNanos());
    }
  }
}
