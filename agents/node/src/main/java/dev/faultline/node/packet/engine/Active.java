package dev.faultline.node.packet.engine;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.course.Course;
import dev.faultline.node.packet.kernel.PacketQueue.Needs;
import dev.faultline.node.packet.rules.RuleSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A fault in force.
 *
 * @param slot its place among the faults of the table
 * @param rules that choose its packets
 * @param outlets of those directions of which rules alone do not do it
 */
record Active(
    int slot, PacketFault fault, RuleSet rules, Map<Direction, Outlet> outlets, Tally tally) {

  /** The queues that a fault needs. */
  static Map<Direction, Needs> needs(PacketFault fault) {
    Map<Direction, Needs> needs = new EnumMap<>(Direction.class);
    for (Direction direction : fault.selection().directions()) {
      if (!(fault.effects().getFirst() instanceof Partition(Partition.Manner manner))) {
        needs.put(direction, needs(fault, direction));
      } else if (manner == Partition.Manner.DROP && direction == Direction.OUT) {
        needs.put(direction, Needs.LOSS);
      }
    }
    return needs;
  }

  private static Needs needs(PacketFault fault, Direction direction) {
    if (Course.needsContents(fault) || (direction == Direction.OUT && Course.delays(fault))) {
      return Needs.CONTENTS;
    }
    return Course.needsCutting(fault) ? Needs.CUT_LENGTHS : Needs.LENGTHS;
  }

  /** The same queues for a fault that needs the same. */
  Active with(PacketFault other, RuleSet itsRules) {
    return new Active(slot, other, itsRules, outlets, tally);
  }

  /** Whether the kernel takes away all that the rules choose. */
  boolean kernelLoses() {
    return fault.effects().getFirst() instanceof Partition;
  }

  List<Lane> lanes() {
    return outlets.values().stream().filter(Lane.class::isInstance).map(Lane.class::cast).toList();
  }

  long held() {
    return lanes().stream().mapToLong(Lane::held).sum();
  }

  long vanished() {
    return lanes().stream().mapToLong(lane -> lane.queue().vanished()).sum();
  }

  void close() {
    outlets.values().forEach(Outlet::close);
  }
}
