package dev.faultline.node.packet.course;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer of DNS (RFC 1035), in a packet of UDP of its own. Of what the server answered nothing
 * is read but the question, which must have its name in full, and, where all records are sound, the
 * record of EDNS (RFC 6891), which holds the cookie by which the answer is known to be genuine.
 * Made for packets that anybody may have sent: no pointer of a name is followed, and nothing is
 * read twice.
 */
final class DnsAnswer {

  private static final int HEADER = 12;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_EDNS = 128;
  private static final int POINTER = 0xC0;
  private static final int TO_THE_QUESTION = 0xC00C;
  private static final int EDNS = 41;
  private static final int FOUR = 1;
  private static final int SIX = 28;
  private static final int INTERNET = 1;
  private static final int KIND_OF_MESSAGE = 0xF8;
  private static final int ANSWER = 0x80;
  private static final int WANTS_RECURSION = 1;
  private static final int KEPT_OF_SERVER = 0x90;

  private final DnsPacket packet;
  private final ByteBuffer message;
  private final String name;
  private final int behindQuestion;

  private DnsAnswer(DnsPacket packet, ByteBuffer message, String name, int behindQuestion) {
    this.packet = packet;
    this.message = message;
    this.name = name;
    this.behindQuestion = behindQuestion;
  }

  /**
   * Reads a packet.
   *
   * @param bytes from the header of IP on
   * @return empty when it is no answer to a question, or not in good order
   */
  static Optional<DnsAnswer> in(byte[] bytes) {
    return DnsPacket.of(bytes).flatMap(DnsAnswer::of);
  }

  private static Optional<DnsAnswer> of(DnsPacket packet) {
    ByteBuffer message = packet.message();
    if (message.limit() < HEADER
        || (message.get(2) & KIND_OF_MESSAGE) != ANSWER
        || message.getShort(4) != 1) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder();
    int at = HEADER;
    while (at < message.limit() && message.get(at) != 0) {
      int length = Byte.toUnsignedInt(message.get(at));
      if (length > LONGEST_LABEL
          || at + 1 + length >= message.limit()
          || at + 1 + length - HEADER >= LONGEST_NAME) {
        return Optional.empty();
      }
      byte[] label = new byte[length];
      message.get(at + 1, label);
      name.append(name.isEmpty() ? "" : ".").append(text(label));
      at += 1 + length;
    }
    int end = at + 1 + 2 * Short.BYTES;
    return end > message.limit()
        ? Optional.empty()
        : Optional.of(new DnsAnswer(packet, message, name.toString(), end));
  }

  private static String text(byte[] label) {
    return new String(label, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  /** The name that was asked for, in small letters, without the dot at its end. */
  String name() {
    return name;
  }

  /** Whether the question was for addresses. */
  boolean isOfAddresses() {
    return (type() == FOUR || type() == SIX)
        && message.getShort(behindQuestion - Short.BYTES) == INTERNET;
  }

  private int type() {
    return message.getShort(behindQuestion - 2 * Short.BYTES);
  }

  /** The packet as if the server had answered that it cannot. */
  byte[] failed(int code) {
    return reply(code, List.of());
  }

  /** The packet as if the server had answered with these addresses. */
  byte[] with(List<InetAddress> addresses) {
    int length = type() == FOUR ? 4 : 16;
    return reply(
        0,
        addresses.stream()
            .map(InetAddress::getAddress)
            .filter(address -> address.length == length)
            .toList());
  }

  /** Nobody may remember the answer: it lives for 0 s, and a failure without SOA is not kept. */
  private byte[] reply(int code, List<byte[]> addresses) {
    byte[] edns = edns();
    ByteBuffer head = ByteBuffer.allocate(behindQuestion);
    head.put(message.array(), message.arrayOffset(), behindQuestion);
    head.put(2, (byte) (ANSWER | (message.get(2) & WANTS_RECURSION)));
    head.put(3, (byte) ((message.get(3) & KEPT_OF_SERVER) | code));
    head.putShort(6, (short) addresses.size());
    head.putShort(8, (short) 0);
    head.putShort(10, (short) (edns.length == 0 ? 0 : 1));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.array());
    for (byte[] address : addresses) {
      all.writeBytes(
          ByteBuffer.allocate(12)
              .putShort((short) TO_THE_QUESTION)
              .putShort((short) type())
              .putShort((short) INTERNET)
              .putInt(0)
              .putShort((short) address.length)
              .array());
      all.writeBytes(address);
    }
    all.writeBytes(edns);
    return packet.with(all.toByteArray());
  }

  /** The record of EDNS, without the part of the code that it holds; empty where there is none. */
  private byte[] edns() {
    int records = 0;
    for (int count = 6; count < HEADER; count += Short.BYTES) {
      records += Short.toUnsignedInt(message.getShort(count));
    }
    int at = behindQuestion;
    for (; records > 0; records--) {
      int fields = behindName(at);
      int content = fields + 10;
      if (content > message.limit()) {
        break;
      }
      int end = content + Short.toUnsignedInt(message.getShort(content - Short.BYTES));
      if (end > message.limit()) {
        break;
      }
      if (message.getShort(fields) == EDNS && fields == at + 1) {
        return end - at > LONGEST_EDNS ? new byte[0] : plain(at, end);
      }
      at = end;
    }
    return new byte[0];
  }

  private byte[] plain(int from, int to) {
    int start = message.arrayOffset();
    byte[] edns = Arrays.copyOfRange(message.array(), start + from, start + to);
    edns[5] = 0;
    return edns;
  }

  private int behindName(int from) {
    int at = from;
    while (at < message.limit()) {
      int length = Byte.toUnsignedInt(message.get(at));
      if (length >= POINTER) {
        return at + 2;
      }
      at += 1 + length;
      if (length == 0 || length > LONGEST_LABEL) {
        return length == 0 ? at : message.limit();
      }
    }
    return message.limit();
  }
}
