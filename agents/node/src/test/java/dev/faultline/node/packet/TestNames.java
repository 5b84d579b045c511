package dev.faultline.node.packet;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A server of DNS, by UDP, which knows every name. */
public final class TestNames implements AutoCloseable {

  /** What it answers for A. */
  public static final String ADDRESS = "10.1.2.3";

  /** What it answers for anything but A. */
  public static final String TEXT = "hello";

  private static final int TXT = 16;
  private static final int HEADER = 12;

  private final DatagramSocket socket;

  private TestNames(DatagramSocket socket) {
    this.socket = socket;
    Thread.ofPlatform().daemon().name("names").start(this::serve);
  }

  /** One in the network of the thread that calls this, at a port of its own. */
  public static TestNames at(InetAddress address) throws IOException {
    return new TestNames(new DatagramSocket(new InetSocketAddress(address, 0)));
  }

  /** Where it is asked. */
  public int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] room = new byte[512];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(room, 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException closed) {
        socket.close();
      }
    }
  }

  private static byte[] answer(ByteBuffer question) {
    int end = HEADER;
    while (question.get(end) != 0) {
      end += 1 + question.get(end);
    }
    int type = question.getShort(end + 1);
    byte[] value =
        type == 1
            ? InetAddress.ofLiteral(ADDRESS).getAddress()
            : ("\5" + TEXT).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.putShort(question.getShort(0)).putShort((short) 0x8580);
    answer.putShort((short) 1).putShort((short) 1).putInt(0);
    answer.put(question.slice(HEADER, end + 5 - HEADER));
    answer.putShort((short) 0xC00C).putShort((short) (type == 1 ? 1 : TXT)).putShort((short) 1);
    answer.putInt(60).putShort((short) value.length).put(value);
    byte[] whole = new byte[answer.position()];
    answer.get(0, whole);
    return whole;
  }

  @Override
  public void close() {
    socket.close();
  }
}
