package dev.faultline.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * The ports that the kernel gives to connections, of the network namespace that the asking thread
 * is in.
 */
public final class EphemeralPorts {

  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final Path RESERVED = Path.of("/proc/sys/net/ipv4/ip_local_reserved_ports");

  private EphemeralPorts() {}

  /** Their numbers. */
  public static BitSet read() throws IOException {
    return parse(line(RANGE), line(RESERVED));
  }

  /** At once: of such a file the kernel gives nothing to a second read. */
  private static String line(Path file) throws IOException {
    return Files.readAllLines(file).getFirst();
  }

  /**
   * Their numbers.
   *
   * @param range the first and the last
   * @param reserved those that are given to nobody, such as {@code 8080,9000-9010}
   */
  static BitSet parse(String range, String reserved) {
    String[] ends = range.strip().split("\\s+");
    BitSet ports = new BitSet();
    ports.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
    for (String part : reserved.strip().split(",")) {
      if (!part.isEmpty()) {
        String[] some = part.split("-", -1);
        ports.clear(Integer.parseInt(some[0]), Integer.parseInt(some[some.length - 1]) + 1);
      }
    }
    return ports;
  }
}
