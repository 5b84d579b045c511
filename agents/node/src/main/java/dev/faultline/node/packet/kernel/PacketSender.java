package dev.faultline.node.packet.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sends packets that are whole, with their headers of IP, from this machine: also to one of its own
 * addresses, where they come as if from the network. Not thread-safe.
 */
public final class PacketSender implements AutoCloseable {

  private static final int FOUR = 2;
  private static final int SIX = 10;
  private static final int RAW = 3;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int AT_ONCE = 0x40;
  private static final int WHOLE = 255;
  private static final int SOL_SOCKET = 1;
  private static final int MARK = 36;
  private static final int SEND_BUFFER = 32;
  private static final int SEND_BYTES = 16 << 20;
  private static final int LONGEST = 1 << 16;
  private static final int ADDRESS_FOUR = 16;
  private static final int ADDRESS_SIX = 28;

  private final Calls calls;
  private final int four;
  private final int six;
  private final MemorySegment bytes = Arena.ofAuto().allocate(LONGEST, Long.BYTES);
  private final MemorySegment to = Arena.ofAuto().allocate(ADDRESS_SIX, Long.BYTES);

  private PacketSender(Calls calls, int four, int six) {
    this.calls = calls;
    this.four = four;
    this.six = six;
  }

  static PacketSender open(Calls calls, int mark) throws KernelException {
    int four = socket(calls, FOUR, mark);
    try {
      return new PacketSender(calls, four, socket(calls, SIX, mark));
    } catch (KernelException withoutSix) {
      return new PacketSender(calls, four, -1);
    }
  }

  private static int socket(Calls calls, int family, int mark) throws KernelException {
    String what = "a socket for whole packets";
    int descriptor = (int) calls.make(what, SystemCall.SOCKET, family, RAW | CLOSE_ON_EXEC, WHOLE);
    try (Arena arena = Arena.ofConfined()) {
      for (int[] option : new int[][] {{MARK, mark}, {SEND_BUFFER, SEND_BYTES}}) {
        calls.make(
            what,
            SystemCall.SETSOCKOPT,
            descriptor,
            SOL_SOCKET,
            option[0],
            arena.allocateFrom(JAVA_INT, option[1]).address(),
            Integer.BYTES);
      }
      return descriptor;
    } catch (KernelException failure) {
      calls.close(descriptor);
      throw failure;
    }
  }

  /**
   * Sends one.
   *
   * @param device the interface that addresses of a link belong to
   * @return whether the kernel took it
   */
  public boolean send(byte[] packet, int device) {
    boolean isFour = packet[0] >> 4 == 4;
    MemorySegment.copy(packet, 0, bytes, JAVA_BYTE, 0, packet.length);
    to.fill((byte) 0).set(JAVA_SHORT, 0, (short) (isFour ? FOUR : SIX));
    if (isFour) {
      MemorySegment.copy(packet, 16, to, JAVA_BYTE, 4, 4);
    } else {
      MemorySegment.copy(packet, 24, to, JAVA_BYTE, 8, 16);
      to.set(JAVA_INT, 24, isOfLink(packet) ? device : 0);
    }
    try {
      calls.make(
          "a packet",
          SystemCall.SENDTO,
          isFour ? four : six,
          bytes.address(),
          packet.length,
          AT_ONCE,
          to.address(),
          isFour ? ADDRESS_FOUR : ADDRESS_SIX);
      return true;
    } catch (KernelException refused) {
      return false;
    }
  }

  /** Whether its destination, of IPv6, means something on one link alone: fe80::/10, ff02::/16. */
  private static boolean isOfLink(byte[] packet) {
    return (packet[24] == (byte) 0xFE && (packet[25] & 0xC0) == 0x80)
        || (packet[24] == (byte) 0xFF && (packet[25] & 0x0F) == 2);
  }

  @Override
  public void close() {
    calls.close(four);
    if (six >= 0) {
      calls.close(six);
    }
  }
}
