package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A queue of packets (NFQUEUE) that rules give packets to. What it holds when it is closed, in
 * whatever way, the kernel drops; what comes then passes. Not thread-safe.
 */
public final class PacketQueue implements AutoCloseable {

  /** What is wanted of packets. */
  public enum Needs {
    /** Nothing: the kernel drops them all, silently, and none is handed over. */
    LOSS,
    /** When they come and how long they are; as large as they are (GSO). */
    LENGTHS,
    /** The same, but cut as they are on the wire. */
    CUT_LENGTHS,
    /** All that is in them; cut as they are on the wire. */
    CONTENTS
  }

  private static final int NUMBERS = 1 << 16;
  private static final int TRIES = 256;
  private static final int SUBSYSTEM = 3 << 8;
  private static final int VERDICT = SUBSYSTEM | 1;
  private static final int CONFIGURE = SUBSYSTEM | 2;
  private static final int FAIL_OPEN = 1;
  private static final int LARGE = 4;
  private static final int COPY = 2;
  private static final int HEADERS = 80;
  private static final int ALL = 0xFFFF;
  private static final int MOST_HELD = 1 << 18;
  private static final int SOL_SOCKET = 1;
  private static final int RECEIVE_BUFFER = 33;
  private static final int RECEIVE_BYTES = 64 << 20;
  private static final int SOL_NETLINK = 270;
  private static final int NO_OVERFLOW_ERRORS = 5;
  private static final int AT_ONCE = 0x40;
  private static final int ROOM = 1 << 17;
  private static final int HEADER = Messages.HEADER;
  private static final int ERROR = 2;
  private static final int PACKET = 1;
  private static final int DEVICE_IN = 5;
  private static final int DEVICE_OUT = 6;
  private static final int PAYLOAD = 10;
  private static final int LENGTH = 13;
  private static final int VERDICT_BYTES = 32;
  private static final int VERDICTS_BYTES = 1 << 15;
  private static final int DROP = 0;
  private static final int ACCEPT = 1;
  private static final ValueLayout.OfInt NETWORK_INT =
      JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN).withByteAlignment(1);

  private final Calls calls;
  private final NetlinkSocket socket;
  private final int number;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment room = arena.allocate(ROOM, Long.BYTES);
  private final MemorySegment verdicts = arena.allocate(VERDICTS_BYTES + ROOM, Long.BYTES);
  private final long receive = SystemCall.RECVFROM.number();
  private final long send = SystemCall.SENDTO.number();
  private long vanished;
  private int verdictBytes;
  private int id;
  private int length;
  private int device;
  private int payload;
  private int payloadLength;

  private PacketQueue(Calls calls, NetlinkSocket socket, int number) {
    this.calls = calls;
    this.socket = socket;
    this.number = number;
  }

  /** Takes the first free one, as no two sockets of a namespace can have the same. */
  static PacketQueue open(Calls calls, int firstTry, Needs needs) throws KernelException {
    NetlinkSocket socket = NetlinkSocket.open(calls);
    try {
      PacketQueue queue = new PacketQueue(calls, socket, bind(socket, firstTry));
      if (needs != Needs.LOSS) {
        queue.configure(needs);
      }
      return queue;
    } catch (KernelException failure) {
      socket.close();
      throw failure;
    }
  }

  private static int bind(NetlinkSocket socket, int firstTry) throws KernelException {
    KernelException taken = new KernelException("a queue for packets", Errno.EBUSY);
    for (int tries = 0; tries < TRIES; tries++) {
      int number = (firstTry + tries) % NUMBERS;
      try {
        ask(socket, number, new Attributes().bytes(1, new byte[] {1, 0, 0, 0}));
        return number;
      } catch (KernelException refused) {
        // That another socket has it is told as if nobody may.
        if (refused.errno() != Errno.EBUSY && refused.errno() != KernelException.EPERM) {
          throw refused;
        }
        taken = refused;
      }
    }
    throw taken;
  }

  private void configure(Needs needs) throws KernelException {
    socket.option(SOL_SOCKET, RECEIVE_BUFFER, RECEIVE_BYTES);
    socket.option(SOL_NETLINK, NO_OVERFLOW_ERRORS, 1);
    int range = needs == Needs.CONTENTS ? ALL : HEADERS;
    byte[] copy = ByteBuffer.allocate(5).putInt(range).put((byte) COPY).array();
    int flags = FAIL_OPEN | (needs == Needs.LENGTHS ? LARGE : 0);
    ask(
        socket,
        number,
        new Attributes()
            .bytes(2, copy)
            .number(3, MOST_HELD)
            .number(4, FAIL_OPEN | LARGE)
            .number(5, flags));
  }

  private static void ask(NetlinkSocket socket, int number, Attributes attributes)
      throws KernelException {
    socket.ask(
        "a queue for packets",
        new Messages().add(CONFIGURE, Messages.ACKNOWLEDGE, 0, number, attributes.array()));
  }

  /** By which rules name it. */
  public int number() {
    return number;
  }

  /** For {@link Poll}. */
  int descriptor() {
    return socket.descriptor();
  }

  /**
   * Takes the next packet, whose parts are then those of this queue.
   *
   * @return false when there is none
   * @throws KernelException when the queue is no more
   */
  public boolean next() throws KernelException {
    while (true) {
      long bytes = calls.tryTo(receive, socket.descriptor(), room.address(), ROOM, AT_ONCE, 0);
      if (bytes >= 0) {
        if (room.get(JAVA_SHORT, 4) == SUBSYSTEM && parse((int) bytes)) {
          return true;
        }
        if (room.get(JAVA_SHORT, 4) == ERROR) {
          vanished++;
        }
        continue;
      }
      int error = calls.errno();
      if (error == Errno.EAGAIN) {
        return false;
      }
      if (error != Errno.EINTR && error != Errno.ENOBUFS) {
        throw new KernelException("the queue for packets", error);
      }
    }
  }

  private boolean parse(int end) {
    boolean whole = false;
    payloadLength = 0;
    length = 0;
    device = 0;
    for (int at = HEADER; at + Attributes.HEADER <= end; ) {
      int size = Short.toUnsignedInt(room.get(JAVA_SHORT, at));
      int value = at + Attributes.HEADER;
      switch (room.get(JAVA_SHORT, at + 2)) {
        case PACKET -> {
          id = room.get(NETWORK_INT, value);
          whole = true;
        }
        case DEVICE_IN, DEVICE_OUT -> device = room.get(NETWORK_INT, value);
        case LENGTH -> length = room.get(NETWORK_INT, value);
        case PAYLOAD -> {
          payload = value;
          payloadLength = size - Attributes.HEADER;
        }
        default -> {} // of no use here
      }
      at += Math.max(Attributes.HEADER, (size + 3) & ~3);
    }
    length = Math.max(length, payloadLength);
    return whole;
  }

  /** The number of the packet in this queue. */
  public int id() {
    return id;
  }

  /** Its bytes, from the header of IP on, also when they are not all here. */
  public int length() {
    return length;
  }

  /** The number of the interface by which it comes or is to go. */
  public int device() {
    return device;
  }

  /**
   * How many packets were no longer there when they were to go on: the kernel drops all that queues
   * hold when anybody takes a hook of netfilter away in the namespace.
   */
  public long vanished() {
    return vanished;
  }

  /** A copy of what is here of it. */
  public byte[] contents() {
    return room.asSlice(payload, payloadLength).toArray(JAVA_BYTE);
  }

  /** Lets a packet go on, with the next {@link #flush()} at the latest. */
  public void pass(int packet) throws KernelException {
    verdict(packet, ACCEPT, 0);
  }

  /** Lets a packet go on with other contents, which may be longer or shorter. */
  public void pass(int packet, byte[] contents) throws KernelException {
    int size = Attributes.HEADER + contents.length;
    verdict(packet, ACCEPT, (size + 3) & ~3);
    int at = verdictBytes - ((size + 3) & ~3);
    verdicts.set(JAVA_SHORT, at, (short) size);
    verdicts.set(JAVA_SHORT, at + 2, (short) PAYLOAD);
    MemorySegment.copy(contents, 0, verdicts, JAVA_BYTE, at + Attributes.HEADER, contents.length);
    flush();
  }

  /** Takes a packet away, without a word. */
  public void drop(int packet) throws KernelException {
    verdict(packet, DROP, 0);
  }

  private void verdict(int packet, int verdict, int more) throws KernelException {
    if (verdictBytes + VERDICT_BYTES > VERDICTS_BYTES) {
      flush();
    }
    int at = verdictBytes;
    verdicts.set(JAVA_INT, at, VERDICT_BYTES + more);
    verdicts.set(JAVA_SHORT, at + 4, (short) VERDICT);
    verdicts.set(JAVA_SHORT, at + 6, (short) Messages.REQUEST);
    verdicts.set(NETWORK_INT, at + 16, number);
    verdicts.set(JAVA_SHORT, at + 20, (short) 12);
    verdicts.set(JAVA_SHORT, at + 22, (short) 2);
    verdicts.set(NETWORK_INT, at + 24, verdict);
    verdicts.set(NETWORK_INT, at + 28, packet);
    verdictBytes += VERDICT_BYTES + more;
  }

  /** Has the kernel do what was said about packets. */
  public void flush() throws KernelException {
    if (verdictBytes == 0) {
      return;
    }
    long sent = calls.tryTo(send, socket.descriptor(), verdicts.address(), verdictBytes, 0, 0);
    verdictBytes = 0;
    if (sent < 0) {
      throw new KernelException("verdicts on packets", calls.errno());
    }
  }

  @Override
  public void close() {
    socket.close();
    arena.close();
  }
}
