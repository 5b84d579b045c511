package dev.faultline.node.packet.course;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A packet of UDP, whole and without anything between the headers of IP and UDP, but for options of
 * IPv4.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and never changed
record DnsPacket(byte[] bytes, int udp) {

  private static final int UDP = 17;
  private static final int UDP_HEADER = 8;
  private static final int UDP_LENGTH = 4;
  private static final int UDP_CHECKSUM = 6;
  private static final int FOUR_HEADER = 20;
  private static final int FOUR_LENGTH = 2;
  private static final int FOUR_FRAGMENT = 6;
  private static final int FOUR_PROTOCOL = 9;
  private static final int FOUR_CHECKSUM = 10;
  private static final int FOUR_ADDRESSES = 12;
  private static final int WHOLE = 0x3FFF;
  private static final int SIX_HEADER = 40;
  private static final int SIX_LENGTH = 4;
  private static final int SIX_NEXT = 6;
  private static final int SIX_ADDRESSES = 8;

  /** Empty when it is another packet. */
  static Optional<DnsPacket> of(byte[] bytes) {
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    int header = header(packet);
    return header > 0
            && header + UDP_HEADER <= bytes.length
            && Short.toUnsignedInt(packet.getShort(header + UDP_LENGTH)) == bytes.length - header
        ? Optional.of(new DnsPacket(bytes, header))
        : Optional.empty();
  }

  private static int header(ByteBuffer packet) {
    int length = packet.limit();
    if (length >= FOUR_HEADER && packet.get(0) >> 4 == 4) {
      int header = (packet.get(0) & 15) * Integer.BYTES;
      return header >= FOUR_HEADER
              && Short.toUnsignedInt(packet.getShort(FOUR_LENGTH)) == length
              && (packet.getShort(FOUR_FRAGMENT) & WHOLE) == 0
              && packet.get(FOUR_PROTOCOL) == UDP
          ? header
          : 0;
    }
    return length >= SIX_HEADER
            && packet.get(0) >> 4 == 6
            && Short.toUnsignedInt(packet.getShort(SIX_LENGTH)) == length - SIX_HEADER
            && packet.get(SIX_NEXT) == UDP
        ? SIX_HEADER
        : 0;
  }

  /** What UDP carries, from index 0 on. */
  ByteBuffer message() {
    return ByteBuffer.wrap(bytes, udp + UDP_HEADER, bytes.length - udp - UDP_HEADER).slice();
  }

  /** The packet with another message, and with lengths and checksums of that. */
  byte[] with(byte[] message) {
    byte[] other = Arrays.copyOf(bytes, udp + UDP_HEADER + message.length);
    System.arraycopy(message, 0, other, udp + UDP_HEADER, message.length);
    ByteBuffer packet = ByteBuffer.wrap(other);
    int length = other.length - udp;
    packet.putShort(udp + UDP_LENGTH, (short) length);
    packet.putShort(udp + UDP_CHECKSUM, (short) 0);
    boolean four = bytes[0] >> 4 == 4;
    if (four) {
      packet.putShort(FOUR_LENGTH, (short) other.length);
      packet.putShort(FOUR_CHECKSUM, (short) 0);
      packet.putShort(FOUR_CHECKSUM, (short) ~folded(sum(packet, 0, udp)));
    } else {
      packet.putShort(SIX_LENGTH, (short) length);
    }
    long ends =
        four ? sum(packet, FOUR_ADDRESSES, FOUR_HEADER) : sum(packet, SIX_ADDRESSES, SIX_HEADER);
    int checksum = ~folded(ends + UDP + length + sum(packet, udp, other.length)) & 0xFFFF;
    packet.putShort(udp + UDP_CHECKSUM, (short) (checksum == 0 ? -1 : checksum));
    return other;
  }

  private static long sum(ByteBuffer packet, int from, int to) {
    long sum = 0;
    for (int at = from; at + 1 < to; at += Short.BYTES) {
      sum += Short.toUnsignedInt(packet.getShort(at));
    }
    return (to - from) % Short.BYTES == 0
        ? sum
        : sum + (Byte.toUnsignedInt(packet.get(to - 1)) << Byte.SIZE);
  }

  private static int folded(long sum) {
    long folded = sum;
    while (folded > 0xFFFF) {
      folded = (folded & 0xFFFF) + (folded >> Short.SIZE);
    }
    return (int) folded;
  }
}
