package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.PacketEffect.Bursts;

/**
 * Loss in bursts: E. N. Gilbert, "Capacity of a burst-noise channel", 1960; E. O. Elliott,
 * "Estimates of error rates for codes on burst-noise channels", 1963. The state changes before a
 * packet is looked at, and is good at first.
 */
final class BurstStage implements Stage {

  private final Bursts bursts;
  private final Dice dice;
  private boolean bad;

  BurstStage(Bursts bursts, long seed) {
    this.bursts = bursts;
    this.dice = new Dice(seed);
  }

  @Override
  public void meet(Fate fate, int length) {
    if (dice.hits(bad ? bursts.ends() : bursts.begins())) {
      bad = !bad;
    }
    if (dice.hits(bad ? bursts.bad() : bursts.good())) {
      fate.lose();
    }
  }
}
