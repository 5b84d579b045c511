package dev.faultline.node.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes TCP connections on to a server, and disturbs them when told to.
 *
 * <p>Several faults may be in force at once: bytes meet them in the order {@link
 * StreamFault.Limit}, {@link StreamFault.HalfClose}, {@link StreamFault.Slice}, {@link
 * StreamFault.Bandwidth}, {@link StreamFault.Latency}, {@link StreamFault.Blackhole}, and those of
 * a kind in the order of their names. Open connections survive the beginning, the change and the
 * end of each fault, but for those that are meant to end them.
 *
 * <p>What goes wrong on one side the other side sees: the end of a direction (FIN), a reset, and a
 * slow reader, who slows the sender. A server that is not there shows as a reset. When files run
 * out, connections wait until there are some again.
 *
 * <p>Thread-safe. One thread serves all connections, or a few on a machine with many processors.
 */
public final class Relay implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final int MOST_LOOPS = 4;
  private static final long MOST_HELD = 256L << 20;
  private static final long LOOK_MILLIS = 20;
  private static final int MOST_LOOKS = 500;
  private static final long ENDS_WITHIN_MILLIS = 2000;

  private final int port;
  private final List<Loop> loops;
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();

  private Relay(int port, List<Loop> loops) {
    this.port = port;
    this.loops = loops;
  }

  /**
   * Begins to listen.
   *
   * @param listen where clients connect; port 0 for any. Loopback reaches this machine alone
   * @param target the server; it need not be there yet, but its name must be known
   * @throws IOException when the address cannot be had, or the name of the server is not known
   */
  public static Relay start(InetSocketAddress listen, InetSocketAddress target) throws IOException {
    if (target.isUnresolved()) {
      throw new IOException("no host is called " + target.getHostString());
    }
    ServerSocketChannel door = ServerSocketChannel.open();
    List<Loop> loops = new ArrayList<>();
    try {
      door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      bind(door, listen);
      int port = door.socket().getLocalPort();
      int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_LOOPS);
      long mostHeld = Math.min(MOST_HELD, Runtime.getRuntime().maxMemory() / 4) / count;
      for (int i = 0; i < count; i++) {
        loops.add(new Loop("relay-" + port, mostHeld));
      }
      Relay relay = new Relay(port, List.copyOf(loops));
      Door.open(door, target, relay.loops, relay.counters);
      loops.forEach(Loop::start);
      return relay;
    } catch (IOException failure) {
      loops.forEach(Loop::discard);
      door.close();
      throw failure;
    }
  }

  private static void bind(ServerSocketChannel door, InetSocketAddress listen) throws IOException {
    try {
      door.bind(listen, BACKLOG);
    } catch (IOException | UnresolvedAddressException taken) {
      throw new IOException(
          "port %d of %s cannot be had: %s"
              .formatted(listen.getPort(), listen.getHostString(), taken.getMessage()),
          taken);
    }
  }

  /** Where clients connect. */
  public int port() {
    return port;
  }

  /**
   * Puts a fault in force, also on open connections: it is in force when this returns. The same
   * fault once more changes nothing.
   *
   * @param name a fault that has it is replaced. When both are of a kind, what was held by the one
   *     is held by the other, as if that had been in force when it came; else it passes
   */
  public void put(String name, RelayFault fault) {
    synchronized (faults) {
      if (faults.put(name, fault)) {
        apply();
      }
    }
  }

  /**
   * Ends a fault: it is out of force when this returns. What it held passes at once. Does nothing
   * when no fault has this name.
   */
  public void remove(String name) {
    synchronized (faults) {
      if (faults.remove(name)) {
        apply();
      }
    }
  }

  /** Returns when all loops have done it, or are over. */
  private void apply() {
    List<Active> changed = faults.inOrder();
    CountDownLatch done = new CountDownLatch(loops.size());
    for (Loop loop : loops) {
      loop.post(
          () -> {
            loop.apply(changed);
            done.countDown();
          });
    }
    try {
      int looks = 0;
      while (!done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)
          && ++looks < MOST_LOOKS
          && loops.stream().anyMatch(Loop::isAlive)) {
        // A loop never waits for anybody: this is a busy machine.
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The names of the faults in force, in alphabetical order. */
  public Set<String> faults() {
    synchronized (faults) {
      return faults.names();
    }
  }

  /**
   * What the fault of this name did so far, or did until it was removed; nothing when there never
   * was one.
   */
  public RelayReport report(String name) {
    synchronized (faults) {
      return faults.report(name);
    }
  }

  /** What went through so far. */
  public RelayTraffic traffic() {
    return counters.read();
  }

  /**
   * Resets all connections and listens no more; returns when that is done, mostly at once, at the
   * latest after some seconds. May be called twice.
   */
  @Override
  public void close() {
    try {
      // The first one has the door: the others get no more connections after it has ended.
      for (Loop loop : loops) {
        loop.close();
        loop.join(ENDS_WITHIN_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      loops.forEach(Loop::close);
      Thread.currentThread().interrupt();
    }
  }
}
