package dev.faultline.node.packet.agent;

import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The connection of SSH by which an agent is fed, which must not be hit by what it does. */
final class ControlConnection {

  private static final int PARTS = 4;

  private ControlConnection() {}

  /**
   * The settings with that connection spared too.
   *
   * @param connection what SSH says: address and port of its client, address and port of its server
   */
  static PacketSettings spare(PacketSettings settings, Optional<String> connection) {
    List<Ends> spared = new ArrayList<>(settings.spared());
    connection
        .map(text -> text.split(" "))
        .filter(parts -> parts.length == PARTS)
        .ifPresent(
            parts ->
                spared.add(
                    new Ends(
                        List.of(Ports.parse(parts[3])),
                        List.of(Ports.parse(parts[1])),
                        List.of(Network.parse(parts[0])))));
    return new PacketSettings(
        settings.run(), settings.place(), settings.lease(), settings.mostHeld(), spared);
  }
}
