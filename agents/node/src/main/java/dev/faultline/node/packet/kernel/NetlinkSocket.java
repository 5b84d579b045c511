package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket to netfilter, of the network namespace of the thread that opens it. What it owns in the
 * kernel ends with it. Not thread-safe.
 */
final class NetlinkSocket implements AutoCloseable {

  private static final int NETLINK = 16;
  private static final int RAW = 3;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int NETFILTER = 12;
  private static final int ADDRESS_BYTES = 12;
  private static final int SOL_SOCKET = 1;
  private static final int RECEIVE_TIMEOUT = 20;
  private static final int TIMEOUT_SECONDS = 5;
  private static final int SOL_NETLINK = 270;
  private static final int SHORT_ACKNOWLEDGEMENTS = 10;
  private static final int RECEIVE_ROOM = 1 << 16;
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int ALIGN = 4;

  private final Calls calls;
  private final int descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment room = arena.allocate(RECEIVE_ROOM, Long.BYTES);

  private NetlinkSocket(Calls calls, int descriptor) {
    this.calls = calls;
    this.descriptor = descriptor;
  }

  /**
   * Opens one.
   *
   * @param calls of the thread that will use it
   */
  static NetlinkSocket open(Calls calls) throws KernelException {
    int descriptor =
        (int)
            calls.make(
                "a socket to netfilter",
                SystemCall.SOCKET,
                NETLINK,
                RAW | CLOSE_ON_EXEC,
                NETFILTER);
    NetlinkSocket socket = new NetlinkSocket(calls, descriptor);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
      address.set(JAVA_SHORT, 0, (short) NETLINK);
      calls.make(
          "an address of netlink", SystemCall.BIND, descriptor, address.address(), ADDRESS_BYTES);
      MemorySegment timeout = arena.allocate(2 * Long.BYTES, Long.BYTES);
      timeout.set(JAVA_INT, 0, TIMEOUT_SECONDS);
      socket.option("a timeout", SOL_SOCKET, RECEIVE_TIMEOUT, timeout);
      socket.option(SOL_NETLINK, SHORT_ACKNOWLEDGEMENTS, 1);
      return socket;
    } catch (KernelException failure) {
      socket.close();
      throw failure;
    }
  }

  int descriptor() {
    return descriptor;
  }

  void option(int level, int option, int value) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      option("an option of netlink", level, option, arena.allocateFrom(JAVA_INT, value));
    }
  }

  private void option(String what, int level, int option, MemorySegment value)
      throws KernelException {
    calls.make(
        what, SystemCall.SETSOCKOPT, descriptor, level, option, value.address(), value.byteSize());
  }

  /**
   * Sends messages and waits for their acknowledgements.
   *
   * @param what they are for
   * @throws KernelException when one was refused; within a transaction then all were
   */
  void ask(String what, Messages messages) throws KernelException {
    send(what, messages.array());
    int refused = 0;
    for (int left = messages.expected(); left > 0; ) {
      ByteBuffer answers = receive(what);
      for (int start = 0; start < answers.limit(); start += length(answers, start)) {
        int error = -answers.getInt(start + 16);
        refused = refused == 0 ? error : refused;
        left--;
      }
    }
    if (refused != 0) {
      throw new KernelException(what, refused);
    }
  }

  /**
   * Asks for a list.
   *
   * @return the bodies of its messages, behind their headers
   */
  List<ByteBuffer> list(String what, Messages question) throws KernelException {
    send(what, question.array());
    List<ByteBuffer> all = new ArrayList<>();
    while (true) {
      ByteBuffer answers = receive(what);
      for (int start = 0; start < answers.limit(); start += length(answers, start)) {
        int type = answers.getShort(start + 4);
        if (type == DONE) {
          return all;
        }
        if (type == ERROR) {
          throw new KernelException(what, -answers.getInt(start + 16));
        }
        all.add(copy(answers, start + Messages.HEADER, start + answers.getInt(start)));
      }
    }
  }

  private void send(String what, byte[] bytes) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(JAVA_BYTE, bytes);
      calls.make(what, SystemCall.SENDTO, descriptor, copy.address(), bytes.length);
    }
  }

  private ByteBuffer receive(String what) throws KernelException {
    long length =
        calls.make(what, SystemCall.RECVFROM, descriptor, room.address(), room.byteSize());
    return room.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  private static int length(ByteBuffer messages, int start) {
    return (messages.getInt(start) + ALIGN - 1) / ALIGN * ALIGN;
  }

  private static ByteBuffer copy(ByteBuffer from, int start, int end) {
    ByteBuffer copy = ByteBuffer.allocate(end - start).order(ByteOrder.nativeOrder());
    copy.put(0, from, start, end - start);
    return copy;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      calls.close(descriptor);
      arena.close();
    }
  }
}
