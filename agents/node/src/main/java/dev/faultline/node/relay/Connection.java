package dev.faultline.node.relay;

import dev.faultline.node.relay.StreamFault.Bandwidth;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.HalfClose;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.StreamFault.Limit;
import dev.faultline.node.relay.StreamFault.Refuse;
import dev.faultline.node.relay.StreamFault.Reset;
import dev.faultline.node.relay.StreamFault.Slice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection that a relay passes on: two sockets, a lane each way. Belongs to its loop's thread.
 */
final class Connection implements Loop.Ready {

  private static final long CONNECT_WITHIN = TimeUnit.SECONDS.toNanos(10);

  /** How long those have to end it too who were told of the end by a fault. */
  private static final long ENDS_WITHIN = TimeUnit.SECONDS.toNanos(5);

  private enum State {
    WAITING,
    CONNECTING,
    OPEN,
    CLOSED
  }

  private final long number;
  private final Loop loop;
  private final Counters counters;
  private final InetSocketAddress target;
  private final long began = Ticks.now();
  private final Endpoint client;
  private final Endpoint server;
  private final Lane toTarget;
  private final Lane fromTarget;
  private final Timer connectTimer;
  private final Timer resetTimer;
  private final Timer endTimer;
  private List<Active> hitting = List.of();
  private State state = State.WAITING;

  private Connection(
      long number, Loop loop, Counters counters, InetSocketAddress target, Sockets sockets)
      throws IOException {
    this.number = number;
    this.loop = loop;
    this.counters = counters;
    this.target = target;
    this.client = new Endpoint(sockets.client(), loop, this);
    this.server = new Endpoint(sockets.server(), loop, this);
    this.toTarget = new Lane(Way.TO_TARGET, this, client, server);
    this.fromTarget = new Lane(Way.FROM_TARGET, this, server, client);
    this.connectTimer = loop.timers().timer(this::unreachable);
    this.resetTimer = loop.timers().timer(this::resetByFault);
    this.endTimer = loop.timers().timer(this::close);
  }

  private record Sockets(SocketChannel client, SocketChannel server) {}

  /** Begins to pass on what a client sends; ends the client when there are no means for it. */
  static void open(
      long number, SocketChannel client, InetSocketAddress target, Loop loop, Counters counters) {
    SocketChannel server;
    try {
      server = SocketChannel.open();
    } catch (IOException tooManyFiles) {
      drop(client, counters);
      return;
    }
    try {
      Connection connection =
          new Connection(number, loop, counters, target, new Sockets(client, server));
      loop.add(connection);
      connection.apply(loop.faults());
    } catch (IOException broken) {
      Loop.close(server);
      drop(client, counters);
    }
  }

  private static void drop(SocketChannel client, Counters counters) {
    Endpoint.reset(client);
    counters.failed();
    counters.ended();
  }

  long number() {
    return number;
  }

  Loop loop() {
    return loop;
  }

  Counters counters() {
    return counters;
  }

  /** Puts these faults in force, and no others. */
  void apply(List<Active> faults) {
    List<Active> before = hitting;
    hitting = faults.stream().filter(active -> active.hits(number)).toList();
    List<Active> fresh = new ArrayList<>(hitting);
    fresh.removeAll(before);
    for (Active active : fresh) {
      switch (active.fault().fault()) {
        case Reset _, Refuse _ -> {}
        case Limit _, HalfClose _, Slice _, Bandwidth _, Latency _, Blackhole _ ->
            active.tally().connection();
      }
    }
    loop.timers().set(resetTimer, nextReset());
    toTarget.apply(hitting);
    fromTarget.apply(hitting);
    if (state == State.WAITING && mayConnect()) {
      connect();
    }
  }

  private boolean mayConnect() {
    return hitting.stream()
        .map(Active::fault)
        .noneMatch(
            fault -> fault.fault() instanceof Blackhole && fault.ways().contains(Way.TO_TARGET));
  }

  private void connect() {
    state = State.CONNECTING;
    loop.timers().set(connectTimer, Ticks.now() + CONNECT_WITHIN);
    try {
      if (server.connect(target)) {
        connected();
      }
    } catch (IOException | UnresolvedAddressException | UnsupportedAddressTypeException failure) {
      unreachable();
    }
  }

  private void connected() {
    state = State.OPEN;
    loop.timers().set(connectTimer, Ticks.NEVER);
    settle();
  }

  private void unreachable() {
    counters.failed();
    connected();
    gone(server);
  }

  @Override
  public void ready(SelectionKey key) {
    int ops = key.readyOps();
    if (state == State.CONNECTING) {
      finishConnect();
      return;
    }
    boolean ofClient = client.is(key);
    if ((ops & SelectionKey.OP_READ) != 0) {
      (ofClient ? toTarget : fromTarget).read();
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && state == State.OPEN) {
      (ofClient ? fromTarget : toTarget).flush();
    }
  }

  private void finishConnect() {
    try {
      if (server.finishConnect()) {
        connected();
      }
    } catch (IOException refused) {
      unreachable();
    }
  }

  /** One side has reset the connection: the other hears of it behind what is under way. */
  void gone(Endpoint side) {
    if (state != State.OPEN) {
      return;
    }
    (side == client ? fromTarget : toTarget).receiverGone();
    (side == client ? toTarget : fromTarget).sourceGone();
  }

  /** The receiver of a lane takes no more. */
  void lost(Lane lane) {
    gone(lane == toTarget ? server : client);
  }

  /** A limit of a lane is reached, so that the other one ends too. */
  void limitReached(Lane lane) {
    (lane == toTarget ? fromTarget : toTarget).end();
  }

  /** Sets what the sockets wait for, and ends the connection when nothing is left to be done. */
  void settle() {
    if (state != State.OPEN) {
      return;
    }
    if (toTarget.isOver() && fromTarget.isOver()) {
      if (toTarget.isSourceEnded() && fromTarget.isSourceEnded()) {
        close();
        return;
      }
      if (endTimer.due() == Ticks.NEVER) {
        loop.timers().set(endTimer, Ticks.now() + ENDS_WITHIN);
      }
    }
    client.await(toTarget.wantsMore(), fromTarget.hasWaiting());
    server.await(fromTarget.wantsMore(), toTarget.hasWaiting());
  }

  private long nextReset() {
    long next = Ticks.NEVER;
    for (Active active : hitting) {
      next = Math.min(next, resetAt(active));
    }
    return next;
  }

  private long resetAt(Active active) {
    return active.fault().fault() instanceof Reset reset
        ? Ticks.after(Math.max(active.since(), began), reset.after().toNanos())
        : Ticks.NEVER;
  }

  private void resetByFault() {
    long now = Ticks.now();
    hitting.stream()
        .filter(active -> resetAt(active) <= now)
        .forEach(active -> active.tally().connection());
    reset();
  }

  /** Ends both sides at once; those who still send see a reset. */
  void reset() {
    if (state != State.CLOSED) {
      discard();
      client.reset();
      server.reset();
    }
  }

  private void close() {
    if (state != State.CLOSED) {
      discard();
      client.close();
      server.close();
    }
  }

  private void discard() {
    state = State.CLOSED;
    toTarget.discard();
    fromTarget.discard();
    loop.timers().set(connectTimer, Ticks.NEVER);
    loop.timers().set(resetTimer, Ticks.NEVER);
    loop.timers().set(endTimer, Ticks.NEVER);
    loop.remove(this);
    counters.ended();
  }
}
