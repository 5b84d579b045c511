package dev.faultline.environment.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Ports that nobody listens on.
 *
 * <p>They are taken from outside the range that the kernel gives to outgoing connections. Inside
 * it, a client of a process that is down would sooner or later be given that very port as its own,
 * be connected to itself, and keep the process from ever listening there again.
 *
 * @param first the lowest
 * @param last the highest
 */
record FreePorts(int first, int last) {

  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 65_535;
  private static final int ENOUGH = 2_000;

  /** The ports of this machine. */
  static FreePorts ofThisMachine() {
    try {
      String[] range =
          Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range")).strip().split("\\s+");
      return outside(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unknown) {
      return new FreePorts(LOWEST, HIGHEST);
    }
  }

  static FreePorts outside(int ephemeralFirst, int ephemeralLast) {
    if (ephemeralFirst - LOWEST >= ENOUGH) {
      return new FreePorts(LOWEST, ephemeralFirst - 1);
    }
    if (HIGHEST - ephemeralLast >= ENOUGH) {
      return new FreePorts(ephemeralLast + 1, HIGHEST);
    }
    return new FreePorts(LOWEST, HIGHEST);
  }

  /** Any of them, which may be in use. */
  int any(RandomGenerator random) {
    return random.nextInt(first, last + 1);
  }

  /** Whether a process could listen there now, on whichever address. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
