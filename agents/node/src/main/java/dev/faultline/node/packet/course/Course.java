package dev.faultline.node.packet.course;

import dev.faultline.node.delay.Dice;
import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Bandwidth;
import dev.faultline.node.packet.PacketEffect.Bursts;
import dev.faultline.node.packet.PacketEffect.Corrupt;
import dev.faultline.node.packet.PacketEffect.Dns;
import dev.faultline.node.packet.PacketEffect.Duplicate;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Reorder;
import dev.faultline.node.packet.PacketFault;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way of packets of one direction through the effects of a fault. All that becomes of a packet
 * is known when it comes, so nothing but its time of leaving need be kept. Not thread-safe.
 */
public final class Course {

  private final double share;
  private final Dice dice;
  private final List<Stage> stages;
  private final Fate fate = new Fate();

  private Course(double share, Dice dice, List<Stage> stages) {
    this.share = share;
    this.dice = dice;
    this.stages = stages;
  }

  /**
   * Begins.
   *
   * @param fault without a partition, which takes no course: the kernel does it
   * @param now in nanoseconds of the clock of the arrivals
   */
  public static Course of(PacketFault fault, Direction direction, long now) {
    long seed = Dice.seed(fault.seed(), direction == Direction.IN ? 0 : 1);
    return new Course(
        fault.share().packets(),
        new Dice(Dice.seed(seed, -1)),
        fault.effects().stream()
            .sorted(Comparator.comparingInt(Course::place))
            .map(effect -> stage(effect, Dice.seed(seed, place(effect)), now))
            .toList());
  }

  /** Whether contents of packets are needed, not their length alone. */
  public static boolean needsContents(PacketFault fault) {
    return fault.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof Corrupt || effect instanceof Duplicate || effect instanceof Dns);
  }

  /** Whether packets are kept for some time. */
  public static boolean delays(PacketFault fault) {
    return fault.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof Latency
                    || effect instanceof Bandwidth
                    || effect instanceof Reorder
                    || effect instanceof Dns);
  }

  /**
   * Whether packets are wanted as they are on the wire. A delay or a thin line does the same to a
   * large packet that a network card has yet to cut (GSO) as to its parts, at a fraction of the
   * cost; one chance for all of its parts would make bursts.
   */
  public static boolean needsCutting(PacketFault fault) {
    return fault.share().packets() < 1
        || !fault.effects().stream()
            .allMatch(effect -> effect instanceof Latency || effect instanceof Bandwidth);
  }

  /**
   * What becomes of the next packet.
   *
   * @param arrival not before that of the packet before
   * @param length in bytes, from the header of IP on
   * @param contents tells what it holds, from the header of IP on; asked where {@link
   *     #needsContents} says so, and before this returns
   * @return valid until the next call
   */
  public Fate meet(long arrival, int length, Supplier<byte[]> contents) {
    fate.begin(arrival, contents);
    if (share < 1 && !dice.hits(share)) {
      return fate;
    }
    for (int i = 0; i < stages.size() && !fate.lost(); i++) {
      stages.get(i).meet(fate, length);
    }
    return fate;
  }

  private static int place(PacketEffect effect) {
    return switch (effect) {
      case Partition _ -> 0;
      case Loss _ -> 1;
      case Bursts _ -> 2;
      case Dns _ -> 3;
      case Corrupt _ -> 4;
      case Duplicate _ -> 5;
      case Bandwidth _ -> 6;
      case Latency _ -> 7;
      case Reorder _ -> 8;
    };
  }

  private static Stage stage(PacketEffect effect, long seed, long now) {
    return switch (effect) {
      case Partition _ ->
          throw new IllegalArgumentException("a partition is done by the kernel: " + effect);
      case Loss loss -> new LossStage(loss, seed);
      case Bursts bursts -> new BurstStage(bursts, seed);
      case Dns dns -> new DnsStage(dns);
      case Corrupt corrupt -> new CorruptStage(corrupt, seed);
      case Duplicate duplicate -> new DuplicateStage(duplicate, seed);
      case Bandwidth bandwidth -> new BandwidthStage(bandwidth, now);
      case Latency latency -> new LatencyStage(latency, seed, now);
      case Reorder reorder -> new ReorderStage(reorder, seed);
    };
  }
}
