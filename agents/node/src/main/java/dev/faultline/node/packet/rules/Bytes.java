package dev.faultline.node.packet.rules;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as a value, in the order in which they stand in a packet or register. */
public final class Bytes {

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these. */
  public static Bytes of(byte... bytes) {
    return new Bytes(bytes.clone());
  }

  /** A number of 16 bits as it stands in a packet. */
  public static Bytes ofPort(int port) {
    return new Bytes(new byte[] {(byte) (port >> 8), (byte) port});
  }

  /** A number of 32 bits as it stands in a packet, and compares. */
  public static Bytes ofNumber(int number) {
    return new Bytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /** A number of 32 bits as the kernel keeps it. */
  public static Bytes ofNative(int number) {
    return new Bytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(number).array());
  }

  /** A number of 64 bits as the kernel keeps it. */
  public static Bytes ofNative(long number) {
    return new Bytes(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(number).array());
  }

  /** As many bits as are asked for, of so many bytes, are one, the others zero. */
  public static Bytes mask(int ones, int length) {
    byte[] mask = new byte[length];
    for (int bit = 0; bit < ones; bit++) {
      mask[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
    }
    return new Bytes(mask);
  }

  /** Those bits that are one in both, which are of the same length. */
  public Bytes and(Bytes other) {
    byte[] both = bytes.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other.bytes[i];
    }
    return new Bytes(both);
  }

  /** A copy. */
  public byte[] array() {
    return bytes.clone();
  }

  /** How many. */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In hexadecimal. */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
