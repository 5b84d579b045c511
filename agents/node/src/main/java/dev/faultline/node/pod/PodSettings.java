package dev.faultline.node.pod;

import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The arguments of a {@link PodAgent}.
 *
 * @param run the identity of the run
 * @param container the id of the container whose network is meant
 * @param lease how long faults outlive the last renewal
 * @param orders the file of the orders, absolute
 */
public record PodSettings(String run, String container, Duration lease, Path orders) {

  private static final List<String> KEYS = List.of("run=", "container=", "lease-ms=", "orders=");

  /**
   * @throws IllegalArgumentException when the path is not absolute
   */
  public PodSettings {
    if (!orders.isAbsolute()) {
      throw new IllegalArgumentException("not an absolute path: " + orders);
    }
  }

  /** The arguments. */
  public List<String> arguments() {
    return List.of(
        "run=" + run, "container=" + container, "lease-ms=" + lease.toMillis(), "orders=" + orders);
  }

  /**
   * Reads what {@link #arguments()} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static PodSettings parse(List<String> arguments) {
    if (arguments.size() != KEYS.size()) {
      throw new IllegalArgumentException("there must be " + KEYS);
    }
    return new PodSettings(
        value(arguments, 0),
        value(arguments, 1),
        Duration.ofMillis(Long.parseLong(value(arguments, 2))),
        Path.of(value(arguments, 3)));
  }

  private static String value(List<String> arguments, int index) {
    String key = KEYS.get(index);
    String argument = arguments.get(index);
    if (!argument.startsWith(key)) {
      throw new IllegalArgumentException("there must be " + KEYS);
    }
    return argument.substring(key.length());
  }

  /** What the packet agent needs to know, once a process of the container is found. */
  PacketSettings of(long pid) {
    return PacketSettings.of(run, new Place.OfProcess(pid), lease);
  }
}
