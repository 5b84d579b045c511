package dev.faultline.node.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Passes connections on to a server, and disturbs them when told to.
 *
 * <p>Several faults may be in force at once. Thread-safe.
 */
public final class Relay implements AutoCloseable {

  private final ServerSocketChannel door;
  private final Map<String, RelayFault> faults = new ConcurrentSkipListMap<>();

  private Relay(ServerSocketChannel door) {
    this.door = door;
  }

  /**
   * Begins to listen.
   *
   * @param listen where clients connect; port 0 for any. Loopback reaches this machine alone
   * @param target the server; it need not be there yet
   * @throws IOException when the address cannot be had
   */
  public static Relay start(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(listen);
    return new Relay(door);
  }

  /** Where clients connect. */
  public int port() {
    return door.socket().getLocalPort();
  }

  /**
   * From now on the fault is in force, on open connections too.
   *
   * @param name a fault that has it is replaced
   */
  public void put(String name, RelayFault fault) {
    faults.put(name, fault);
  }

  /** Ends a fault. What it held passes; does nothing when no fault has this name. */
  public void remove(String name) {
    faults.remove(name);
  }

  /** The names of the faults in force, in the order of their names. */
  public Set<String> faults() {
    return Set.copyOf(faults.keySet());
  }

  /** What a fault did so far; nothing when there never was one of this name. */
  public RelayReport report(String name) {
    return RelayReport.NOTHING;
  }

  /** What went through so far. */
  public RelayTraffic traffic() {
    return new RelayTraffic(0, 0, 0, 0, 0, 0);
  }

  /** Ends all connections (reset), and listens no more. Never waits long. May be called twice. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException ended) {
      // It listens no more either way.
    }
  }
}
