package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.PacketEffect.Loss;

/** Each packet has the same chance to be lost. */
final class LossStage implements Stage {

  private final Loss loss;
  private final Dice dice;

  LossStage(Loss loss, long seed) {
    this.loss = loss;
    this.dice = new Dice(seed);
  }

  @Override
  public void meet(Fate fate, int length) {
    if (dice.hits(loss.share())) {
      fate.lose();
    }
  }
}
