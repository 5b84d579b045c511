package dev.faultline.node.packet.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Attributes of netlink: a length, a type, a value or further attributes; padded to 4 bytes. */
final class Attributes {

  static final int HEADER = 4;
  private static final int NESTED = 0x8000;
  private static final int ALIGN = 4;
  private static final int MOST = 1 << 15;

  private final ByteBuffer bytes = ByteBuffer.allocate(MOST).order(ByteOrder.nativeOrder());

  Attributes bytes(int type, byte[] value) {
    bytes.putShort((short) (HEADER + value.length)).putShort((short) type).put(value);
    return pad();
  }

  Attributes text(int type, String value) {
    return bytes(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** A number of 32 bits, as netfilter wants most of them: in network order. */
  Attributes number(int type, int value) {
    return bytes(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  Attributes number(int type, long value) {
    return bytes(type, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  Attributes octet(int type, int value) {
    return bytes(type, new byte[] {(byte) value});
  }

  Attributes shorts(int type, int value) {
    return bytes(type, ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  Attributes nest(int type, Consumer<Attributes> inside) {
    int start = bytes.position();
    bytes.putShort((short) 0).putShort((short) (type | NESTED));
    inside.accept(this);
    bytes.putShort(start, (short) (bytes.position() - start));
    return this;
  }

  byte[] array() {
    byte[] all = new byte[bytes.position()];
    bytes.get(0, all);
    return all;
  }

  private Attributes pad() {
    while (bytes.position() % ALIGN != 0) {
      bytes.put((byte) 0);
    }
    return this;
  }
}
