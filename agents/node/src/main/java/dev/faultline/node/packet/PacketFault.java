package dev.faultline.node.packet;

import dev.faultline.node.packet.PacketEffect.Partition;
import java.util.List;

/**
 * A disturbance of packets, and which ones it hits.
 *
 * <p>Effects on one packet come in the order: loss, bursts, dns, corrupt, duplicate, bandwidth,
 * latency, reorder, whatever the order of the list.
 *
 * @param selection which packets
 * @param share how many of them
 * @param effects at least one, at most one of a kind; a partition stands alone
 * @param seed of all chance: the same seed hits the same flows, and draws the same numbers
 */
public record PacketFault(Selection selection, Share share, List<PacketEffect> effects, long seed) {

  /**
   * @throws IllegalArgumentException when the effects do not go together
   */
  public PacketFault {
    effects = List.copyOf(effects);
    Checks.require(!effects.isEmpty(), "a fault needs an effect");
    Checks.require(
        effects.stream().map(Object::getClass).distinct().count() == effects.size(),
        "an effect is there twice: " + effects);
    Checks.require(
        effects.size() == 1 || effects.stream().noneMatch(Partition.class::isInstance),
        "where nothing passes nothing else can be done: " + effects);
    Checks.require(
        share.packets() == 1 || effects.stream().noneMatch(Partition.class::isInstance),
        "a partition hits all packets; use loss for a share of them");
  }

  /** A disturbance of all selected packets. */
  public static PacketFault of(Selection selection, PacketEffect... effects) {
    return new PacketFault(selection, Share.ALL, List.of(effects), 0);
  }
}
