package dev.faultline.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are started later: below the range from which the kernel takes the ports
 * of outgoing connections, one of which would else have it by then.
 */
public final class FreePort {

  private static final int LOWEST = 10_000;
  private static final int BEYOND = 32_000;

  private FreePort() {}

  /** A port that nobody has at this moment. */
  public static int choose() throws IOException {
    for (int tries = 0; tries < 1000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no port is free from %d to %d".formatted(LOWEST, BEYOND));
  }

  private static boolean isFree(int port) {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return free.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
