package dev.faultline.environment.route;

import dev.faultline.environment.lives.Deadline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/**
 * The servers of one version, which are tried from here, as Nginx tells nobody how they are.
 *
 * @param addresses as {@code HOST:PORT}
 */
record NginxServers(List<String> addresses) {

  private static final Duration ALL_WITHIN = Duration.ofSeconds(2);
  private static final long ONE_WITHIN_MS = 500;

  /** Whether one of them takes a connection, within 2 s. */
  boolean serve() {
    Deadline deadline = Deadline.in(ALL_WITHIN);
    return addresses.stream().anyMatch(address -> !deadline.isOver() && takes(address, deadline));
  }

  private static boolean takes(String address, Deadline deadline) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
    int port = Integer.parseInt(address.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(host, port),
          (int) Math.min(ONE_WITHIN_MS, deadline.left().toMillis()));
      return true;
    } catch (IOException away) {
      return false;
    }
  }
}
