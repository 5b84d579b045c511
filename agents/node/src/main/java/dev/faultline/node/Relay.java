package dev.faultline.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes connections of this machine on to a server of this machine, and breaks them when told to.
 *
 * <p>While it is cut nothing passes, in neither direction, not even the news that a connection has
 * ended; those who connect get no answer. What was held is passed on when it is joined again. A
 * server that is not there shows as a connection that is reset. An exchange of a few hundred bytes
 * takes some 70 µs longer than without it. Thread-safe.
 */
public final class Relay implements AutoCloseable {

  private static final int BACKLOG = 256;

  /** A direction. */
  public enum Way {
    /** What clients send. */
    TO_TARGET,
    /** What the server sends. */
    FROM_TARGET
  }

  private final ServerSocket door;
  private final InetSocketAddress target;
  private final RelayGate gate = new RelayGate();
  private final RelayDelays delays = new RelayDelays();
  private final Set<RelayConnection> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket door, InetSocketAddress target) {
    this.door = door;
    this.target = target;
  }

  /**
   * Begins to listen, on the loopback address only.
   *
   * @param port where clients connect; 0 for any
   * @param target the server's port
   * @throws IOException when the port cannot be had
   */
  public static Relay start(int port, int target) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(here, port), BACKLOG);
    } catch (IOException taken) {
      door.close();
      throw new IOException("port %d cannot be had: %s".formatted(port, taken.getMessage()), taken);
    }
    Relay relay = new Relay(door, new InetSocketAddress(here, target));
    Thread.ofVirtual().name("relay-" + door.getLocalPort()).start(relay::accept);
    return relay;
  }

  /** Where clients connect. */
  public int port() {
    return door.getLocalPort();
  }

  /** From now on nothing passes. */
  public void cut() {
    gate.shut();
  }

  /** Lets everything pass again, what was held first. Does nothing when it is not cut. */
  public void join() {
    gate.open();
  }

  /** Whether nothing passes. */
  public boolean isCut() {
    return gate.isShut();
  }

  /**
   * Keeps what is sent from now on under way for some time, in its order and without less of it per
   * second, as a longer line does. Up to {@link RelayLine#UNDER_WAY} bytes of a connection are
   * under way at a time; a sender that is faster waits.
   *
   * @param delay none when zero
   */
  public void delay(Way way, Duration delay) {
    delays.set(way, delay);
  }

  /** Ends all connections, and listens no more. Never waits. May be called twice. */
  @Override
  public void close() {
    gate.remove();
    try {
      door.close();
    } catch (IOException ended) {
      // It listens no more either way.
    }
    open.forEach(RelayConnection::reset);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        RelayConnection connection = new RelayConnection(client, gate, delays, open::remove);
        open.add(connection);
        Thread.ofVirtual().name("relay-connection").start(() -> connection.run(target));
        if (door.isClosed()) {
          connection.reset();
        }
      } catch (SocketException closed) {
        if (door.isClosed()) {
          return;
        }
        RelayGate.pause();
      } catch (IOException tooManyFiles) {
        RelayGate.pause();
      }
    }
  }
}
