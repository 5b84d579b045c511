package dev.faultline.node.http;

import dev.faultline.node.http.frame.FrameWriter;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client's connection, and the one to the server that belongs to it. Thread-safe. */
final class Session {

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Socket accepted;
  private final Lines lines;
  private final FaultBoard faults;
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private volatile boolean over;
  private volatile Optional<Thread> owner = Optional.empty();
  private volatile Optional<Wire> waiting = Optional.empty();
  private volatile String protocol = Lines.HTTP_1;

  Session(Socket accepted, Lines lines, FaultBoard faults) {
    this.accepted = accepted;
    this.lines = lines;
    this.faults = faults;
  }

  FaultBoard faults() {
    return faults;
  }

  /** Returns when the connection is over. */
  void run() {
    owner = Optional.of(Thread.currentThread());
    try {
      Wire client = keep(lines.answer(accepted, this::agree));
      if (client.in().beginsWith(FrameWriter.preface())) {
        protocol = Lines.HTTP_2;
        H2Start.of(this, client).run();
      } else {
        new H1Session(this, client).run();
      }
      close();
    } catch (IOException | InterruptedException broken) {
      // The end of a connection is all the news that a client gets from a server, too.
      reset();
    }
  }

  /** What the client may speak: what the server speaks, where the client leaves the choice. */
  private String agree(List<String> offered) throws IOException {
    if (!lines.serverIsAsked() || !offered.containsAll(List.of(Lines.HTTP_1, Lines.HTTP_2))) {
      return offered.contains(Lines.HTTP_1) ? Lines.HTTP_1 : Lines.HTTP_2;
    }
    Lines.Connected connected = lines.connect(List.of(Lines.HTTP_2, Lines.HTTP_1));
    waiting = Optional.of(keep(connected.wire()));
    return connected.protocol().equals(Lines.HTTP_2) ? Lines.HTTP_2 : Lines.HTTP_1;
  }

  /** A connection to the server that speaks what the client speaks. */
  Wire connect() throws IOException {
    Optional<Wire> early = waiting;
    waiting = Optional.empty();
    return early.isPresent() ? early.get() : keep(lines.connect(List.of(protocol)).wire());
  }

  private Wire keep(Wire wire) {
    wires.add(wire);
    if (over) {
      wire.reset();
    }
    return wire;
  }

  /** Passes on bytes, until the end and with it. */
  void copy(Wire from, Wire to) throws IOException {
    from.in().flushBeforeWaiting(to.out());
    byte[] piece = new byte[16 << 10];
    int read = 0;
    while (read >= 0) {
      to.out().write(piece, 0, read);
      read = from.in().read(piece, 0, piece.length);
    }
    to.endOutput();
  }

  /**
   * Ends both sides after an answer that the client may not have waited for: what it still sends is
   * read for a moment by the thread that runs this session, as a reset would make it lose the
   * answer. At most a second; for other threads.
   */
  void farewell(Wire client) throws IOException {
    client.endOutput();
    try {
      if (owner.isPresent()) {
        owner.get().join(FAREWELL);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /** Ends both sides. */
  void close() {
    over = true;
    wires.forEach(Wire::close);
    owner.ifPresent(Thread::interrupt);
  }

  /** Ends both sides at once; they see a reset. */
  void reset() {
    over = true;
    wires.forEach(Wire::reset);
    owner.ifPresent(Thread::interrupt);
    try {
      accepted.close();
    } catch (IOException ended) {
      // It is closed either way.
    }
  }

  boolean isOver() {
    return over;
  }
}
