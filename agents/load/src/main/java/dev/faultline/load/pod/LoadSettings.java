package dev.faultline.load.pod;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The arguments of a {@link LoadPod}: no address and no header, as they stand in the spec of a pod.
 *
 * @param of how many pods make the load; at least 1
 * @param lease how long it goes on after the last renewal
 * @param orders the file of the orders, absolute
 */
public record LoadSettings(int of, Duration lease, Path orders) {

  private static final List<String> KEYS = List.of("of=", "lease-ms=", "orders=");

  /**
   * @throws IllegalArgumentException when a part is out of its range
   */
  public LoadSettings {
    if (of < 1 || !lease.isPositive() || !orders.isAbsolute()) {
      throw new IllegalArgumentException("not settings of a load");
    }
  }

  /** The arguments. */
  public List<String> arguments() {
    return List.of("of=" + of, "lease-ms=" + lease.toMillis(), "orders=" + orders);
  }

  /**
   * Reads what {@link #arguments()} wrote.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static LoadSettings parse(List<String> arguments) {
    if (arguments.size() != KEYS.size()) {
      throw new IllegalArgumentException("there must be " + KEYS);
    }
    return new LoadSettings(
        Integer.parseInt(value(arguments, 0)),
        Duration.ofMillis(Long.parseLong(value(arguments, 1))),
        Path.of(value(arguments, 2)));
  }

  private static String value(List<String> arguments, int index) {
    String key = KEYS.get(index);
    String argument = arguments.get(index);
    if (!argument.startsWith(key)) {
      throw new IllegalArgumentException("there must be " + KEYS);
    }
    return argument.substring(key.length());
  }
}
