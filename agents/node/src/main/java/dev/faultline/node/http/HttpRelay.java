package dev.faultline.node.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes HTTP/1 and HTTP/2 on to one server, and breaks chosen exchanges. What is not chosen passes
 * untouched, but for what is about one connection alone.
 *
 * <p>Faults begin and end while connections live; none of that breaks an exchange. Whether a fault
 * applies is decided when the head of a request is there. When it ends, a request that it delays is
 * passed on at once; an answer that is under way by then is still changed.
 *
 * <p>Thread-safe.
 */
public final class HttpRelay implements AutoCloseable {

  private static final int BACKLOG = 256;
  private static final long PAUSE_NANOS = 10_000_000;

  private final ServerSocket door;
  private final Lines lines;
  private final FaultBoard faults = new FaultBoard();
  private final Set<Session> open = ConcurrentHashMap.newKeySet();

  private HttpRelay(ServerSocket door, Lines lines) {
    this.door = door;
    this.lines = lines;
  }

  /**
   * Begins to listen.
   *
   * @param listen where clients connect; port 0 for any
   * @param target the server; its name is looked up for each connection
   * @param tls in clear on both sides when empty
   * @throws IOException when the port cannot be had, or a file of {@code tls} is of no use
   */
  public static HttpRelay start(
      InetSocketAddress listen, InetSocketAddress target, Optional<Tls> tls) throws IOException {
    Lines lines = Lines.of(target, tls);
    ServerSocket door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(listen, BACKLOG);
    } catch (IOException taken) {
      door.close();
      throw new IOException("%s cannot be had: %s".formatted(listen, taken.getMessage()), taken);
    }
    HttpRelay relay = new HttpRelay(door, lines);
    Thread.ofVirtual().name("http-relay-" + door.getLocalPort()).start(relay::accept);
    return relay;
  }

  /** Where clients connect. */
  public int port() {
    return door.getLocalPort();
  }

  /** Begins a fault, from the next request on. Ends the one of that name. */
  public void put(String name, HttpFault fault) {
    faults.put(name, fault);
  }

  /** Ends a fault. Does nothing when there is none of that name. */
  public void remove(String name) {
    faults.remove(name);
  }

  /** The names of the faults that are in force. */
  public Set<String> faults() {
    return faults.names();
  }

  /**
   * What became of a fault since it was put, also after it has ended.
   *
   * @throws IllegalArgumentException when none of that name was put
   */
  public HttpReport report(String name) {
    return faults.report(name);
  }

  /** Ends all connections and faults, and listens no more. Never waits. May be called twice. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException ended) {
      // It listens no more either way.
    }
    open.forEach(Session::reset);
    faults.endAll();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Session session = new Session(client, lines, faults);
        open.add(session);
        Thread.ofVirtual().name("http-requests").start(() -> run(session));
        if (door.isClosed()) {
          session.reset();
        }
      } catch (IOException closedOrTooManyFiles) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void run(Session session) {
    try {
      session.run();
    } finally {
      open.remove(session);
    }
  }
}
