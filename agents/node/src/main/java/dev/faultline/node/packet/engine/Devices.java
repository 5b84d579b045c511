package dev.faultline.node.packet.engine;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How long a packet may be on an interface. Belongs to the thread of the loop. */
final class Devices {

  private final Map<Integer, Integer> lengths = new HashMap<>();

  /** In bytes, from the header of IP on; 0 when it is not known. */
  int longest(int device) {
    return lengths.computeIfAbsent(device, Devices::ask);
  }

  private static int ask(int device) {
    try {
      Optional<NetworkInterface> known = Optional.ofNullable(NetworkInterface.getByIndex(device));
      return known.isPresent() ? known.get().getMTU() : 0;
    } catch (SocketException | IllegalArgumentException unknown) {
      return 0;
    }
  }
}
