package dev.faultline.node.packet.agent;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.Share;
import dev.faultline.node.packet.engine.PacketEngine;
import dev.faultline.node.packet.engine.PacketRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Has the machine load beforehand what makes the first fault late: one that hits nothing. */
final class WarmUp {

  private static final String NAME = "warm-up";

  private WarmUp() {}

  static void of(PacketEngine engine) throws PacketRefused {
    Selection nothing =
        new Selection(
            Set.of(Direction.OUT),
            Protocol.TCP,
            Ends.remote(1),
            Optional.empty(),
            Optional.empty());
    engine.put(
        NAME,
        new PacketFault(nothing, new Share(0, 1), List.of(Latency.of(Duration.ofMillis(1))), 0));
    engine.remove(NAME);
  }
}
