package dev.faultline.node.relay;

import dev.faultline.node.relay.Piece.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A way of a connection: reads from one socket, passes through the faults, writes to the other. It
 * reads no more while it holds as much as it may, so that a slow reader slows the sender. Belongs
 * to the loop's thread.
 */
final class Lane {

  /** So many bytes may be held, */
  static final long ROOM = 256 << 10;

  /** or so many where they are to be under way for some time; */
  static final long UNDER_WAY = 32 << 20;

  /** but only so many once all connections together hold too many. */
  private static final long LITTLE_ROOM = 64 << 10;

  private static final int READS_AT_ONCE = 4;

  private final Way way;
  private final Connection connection;
  private final Loop loop;
  private final Endpoint from;
  private final Counters counters;
  private final Outlet outlet;
  private final Pipe pipe;
  private final Timer timer;
  private long counted;
  private boolean sourceEnded;
  private boolean sourceGone;
  private boolean dropping;
  private boolean dead;

  Lane(Way way, Connection connection, Endpoint from, Endpoint to) {
    this.way = way;
    this.connection = connection;
    this.loop = connection.loop();
    this.from = from;
    this.counters = connection.counters();
    this.outlet = new Outlet(to, loop.blocks());
    long salt = connection.number() * 2 + (way == Way.TO_TARGET ? 0 : 1);
    this.pipe = new Pipe(this::deliver, () -> connection.limitReached(this), salt);
    this.timer = loop.timers().timer(this::flow);
  }

  /** Puts these faults in force, and no others. */
  void apply(List<Active> faults) {
    pipe.rebuild(
        faults.stream().filter(active -> active.fault().ways().contains(way)).toList(),
        Ticks.now());
    settle();
  }

  /** Reads what is there, or as much of it as others can wait for, and passes it on. */
  void read() {
    int left = READS_AT_ONCE;
    while (left-- > 0 && wantsMore() && readOnce() == Blocks.SIZE) {
      // A block that was full may not have been all.
    }
    settle();
  }

  private int readOnce() {
    ByteBuffer block = loop.blocks().take();
    int length;
    try {
      length = from.read(block);
    } catch (IOException reset) {
      loop.blocks().giveBack(block);
      connection.gone(from);
      return -1;
    }
    if (length > 0 && !dropping && !dead) {
      pass(block.flip());
    } else {
      loop.blocks().giveBack(block);
      pipe.dropped(Math.max(0, length));
    }
    if (length < 0) {
      sourceEnded = true;
      end();
    }
    holds();
    return length;
  }

  private void pass(ByteBuffer block) {
    if (pipe.isEmpty()) {
      write(block);
    } else {
      long now = Ticks.now();
      pipe.offer(Piece.bytes(loop.blocks().keep(block), now));
      pipe.flow(now);
    }
  }

  /** Passes on the orderly end, behind what is under way; what is still read is dropped. */
  void end() {
    if (!dropping) {
      dropping = true;
      offer(Kind.END);
    }
  }

  /** Passes on that the sender has reset the connection. */
  void sourceGone() {
    if (!sourceGone) {
      sourceGone = true;
      sourceEnded = true;
      dropping = true;
      offer(Kind.RESET);
    }
  }

  private void offer(Kind kind) {
    long now = Ticks.now();
    pipe.offer(Piece.of(kind, now));
    pipe.flow(now);
    settle();
  }

  /** The receiver is gone: what is held is dropped. */
  void receiverGone() {
    dead = true;
    outlet.clear();
    settle();
  }

  /** Passes on what is due. */
  void flow() {
    pipe.flow(Ticks.now());
    settle();
  }

  /** The receiver takes more. */
  void flush() {
    try {
      counters.passed(way, outlet.flush());
    } catch (IOException broken) {
      connection.lost(this);
    }
    settle();
  }

  private void deliver(Piece piece) {
    switch (piece.kind()) {
      case BYTES -> write(piece.bytes());
      case RESET -> connection.reset();
      case END -> {
        dropping = true;
        endOutlet();
      }
    }
  }

  private void write(ByteBuffer bytes) {
    if (dead || outlet.isEnding()) {
      loop.blocks().giveBack(bytes);
      return;
    }
    try {
      counters.passed(way, outlet.write(bytes));
    } catch (IOException broken) {
      connection.lost(this);
    }
  }

  private void endOutlet() {
    if (dead) {
      return;
    }
    try {
      outlet.end();
    } catch (IOException broken) {
      connection.lost(this);
    }
  }

  /** Sets what it waits for next. */
  private void settle() {
    holds();
    loop.timers().set(timer, pipe.due());
    connection.settle();
  }

  private void holds() {
    long holds = pipe.bytes() + outlet.bytes();
    loop.hold(holds - counted);
    counted = holds;
  }

  /** Whether it wants to read. */
  boolean wantsMore() {
    if (sourceEnded) {
      return false;
    }
    long room = loop.isFull() ? Math.min(LITTLE_ROOM, pipe.room()) : pipe.room();
    return dropping || counted == 0 || counted < room;
  }

  /** Whether bytes wait for the receiver. */
  boolean hasWaiting() {
    return outlet.bytes() > 0;
  }

  /** Whether nothing more leaves. */
  boolean isOver() {
    return dead || outlet.isEnded();
  }

  boolean isSourceEnded() {
    return sourceEnded;
  }

  /** Lets go of what it holds; it is not used any more. */
  void discard() {
    loop.hold(-counted);
    counted = 0;
    loop.timers().set(timer, Ticks.NEVER);
  }
}
