package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.PacketEffect.Corrupt;

/** Each packet has the same chance to have a wrong bit. */
final class CorruptStage implements Stage {

  private final Corrupt corrupt;
  private final Dice dice;

  CorruptStage(Corrupt corrupt, long seed) {
    this.corrupt = corrupt;
    this.dice = new Dice(seed);
  }

  @Override
  public void meet(Fate fate, int length) {
    if (dice.hits(corrupt.share())) {
      fate.spoil();
    }
  }
}
