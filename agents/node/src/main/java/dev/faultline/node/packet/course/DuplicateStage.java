package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.PacketEffect.Duplicate;

/** Each packet has the same chance to come twice. */
final class DuplicateStage implements Stage {

  private final Duplicate duplicate;
  private final Dice dice;

  DuplicateStage(Duplicate duplicate, long seed) {
    this.duplicate = duplicate;
    this.dice = new Dice(seed);
  }

  @Override
  public void meet(Fate fate, int length) {
    if (dice.hits(duplicate.share())) {
      fate.copy();
    }
  }
}
