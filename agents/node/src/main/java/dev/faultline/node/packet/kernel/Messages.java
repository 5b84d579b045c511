package dev.faultline.node.packet.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages of netfilter's netlink, one behind the other, to be sent at once. */
final class Messages {

  static final int HEADER = 20;
  static final int REQUEST = 1;
  static final int ACKNOWLEDGE = 4;
  static final int ROOT_AND_MATCH = 0x300;
  static final int CREATE = 0x400;
  static final int APPEND = 0x800;
  private static final int BEGIN = 16;
  private static final int END = 17;
  private static final int TABLES = 10;
  private static final int FIRST_ROOM = 1 << 12;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_ROOM).order(ByteOrder.nativeOrder());
  private int sequence;
  private int expected;

  /** A message with a body of attributes. */
  Messages add(int type, int flags, int family, int resource, byte[] attributes) {
    int length = HEADER + attributes.length;
    room(length);
    bytes.putInt(length).putShort((short) type).putShort((short) (REQUEST | flags));
    bytes.putInt(++sequence).putInt(0);
    bytes.put((byte) family).put((byte) 0).put((byte) (resource >> 8)).put((byte) resource);
    bytes.put(attributes);
    if ((flags & ACKNOWLEDGE) != 0) {
      expected++;
    }
    return this;
  }

  /** From here on all or nothing. */
  Messages begin() {
    return add(BEGIN, 0, 0, TABLES, new byte[0]);
  }

  Messages end() {
    return add(END, 0, 0, TABLES, new byte[0]);
  }

  /** How many answers there will be. */
  int expected() {
    return expected;
  }

  byte[] array() {
    byte[] all = new byte[bytes.position()];
    bytes.get(0, all);
    return all;
  }

  private void room(int length) {
    if (bytes.remaining() < length) {
      int size = Math.max(2 * bytes.capacity(), bytes.position() + length);
      bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder()).put(bytes.flip());
    }
  }
}
