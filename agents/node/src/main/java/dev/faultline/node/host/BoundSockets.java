package dev.faultline.node.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.faultline.node.packet.kernel.Calls;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * Sockets of TCP that are bound and do nothing else. The kernel gives the port of such a socket to
 * no connection, whatever its address. They live as long as this process. For one thread.
 *
 * <p>A port is taken at all addresses; where somebody has it at one, at an address of the loopback
 * network that nobody else uses: then at least no more connections get it.
 */
final class BoundSockets {

  private static final int FOUR = 2;
  private static final int SIX = 10;
  private static final int STREAM = 1;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int IPV6 = 41;
  private static final int ONLY_SIX = 26;
  private static final int ADDRESS_FOUR = 16;
  private static final int ADDRESS_SIX = 28;
  private static final byte[] OWN = {127, 83, 76, 1};
  private static final int NO_SUCH_FAMILY = 97;
  private static final int IN_USE = 98;
  private static final int NO_SUCH_ADDRESS = 99;

  private final Calls calls = new Calls();
  private final MemorySegment address = Arena.ofAuto().allocate(ADDRESS_SIX, Integer.BYTES);
  private final MemorySegment no = Arena.ofAuto().allocate(JAVA_INT);
  private boolean six = true;
  private int number;

  int number() {
    return number;
  }

  /**
   * Takes a port.
   *
   * @return whether it could be had
   * @throws KernelException when there can be no more sockets
   */
  boolean take(int port) throws KernelException {
    boolean taken = everywhere(port) || bind(FOUR, port, OWN);
    number += taken ? 1 : 0;
    return taken;
  }

  private boolean everywhere(int port) throws KernelException {
    try {
      return bind(six ? SIX : FOUR, port, new byte[4]);
    } catch (KernelException refused) {
      if (!six || refused.errno() != NO_SUCH_FAMILY) {
        throw refused;
      }
      six = false;
      return bind(FOUR, port, new byte[4]);
    }
  }

  private boolean bind(int family, int port, byte[] four) throws KernelException {
    String what = "port " + port;
    int socket = (int) calls.make(what, SystemCall.SOCKET, family, STREAM | CLOSE_ON_EXEC, 0);
    try {
      if (family == SIX) {
        long _ =
            calls.make(
                what, SystemCall.SETSOCKOPT, socket, IPV6, ONLY_SIX, no.address(), Integer.BYTES);
      }
      address.fill((byte) 0).set(JAVA_SHORT, 0, (short) family);
      address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), Short.BYTES, (short) port);
      MemorySegment.copy(four, 0, address, JAVA_BYTE, 4, four.length);
      long _ =
          calls.make(
              what,
              SystemCall.BIND,
              socket,
              address.address(),
              family == SIX ? ADDRESS_SIX : ADDRESS_FOUR);
      return true;
    } catch (KernelException refused) {
      calls.close(socket);
      if (refused.errno() == IN_USE || refused.errno() == NO_SUCH_ADDRESS) {
        return false;
      }
      throw refused;
    }
  }
}
