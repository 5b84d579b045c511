package dev.faultline.node.packet;

import dev.faultline.node.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends datagrams and notes what arrives: number, content, and how long each was on its way. It
 * knows nothing of faults.
 */
public final class Probe implements AutoCloseable {

  private static final int LENGTH = 64;

  /**
   * A datagram that arrived.
   *
   * @param number by which it was sent
   * @param nanos that it took
   */
  public record Arrival(int number, long nanos) {}

  private final DatagramSocket from;
  private final DatagramSocket to;
  private final List<Arrival> arrivals = new ArrayList<>();
  private int sent;

  private Probe(DatagramSocket from, DatagramSocket to) {
    this.from = from;
    this.to = to;
    Thread.ofPlatform().daemon().name("probe").start(this::listen);
  }

  /** From a network to an address, which may be one of another. */
  public static Probe between(TestNetwork from, TestNetwork to, String address) throws Exception {
    InetAddress at = InetAddress.ofLiteral(address);
    DatagramSocket target =
        to.inside(
            () -> {
              DatagramSocket socket = new DatagramSocket(new InetSocketAddress(at, 0));
              socket.setReceiveBufferSize(1 << 22);
              return socket;
            });
    return new Probe(
        from.inside(
            () -> {
              DatagramSocket socket = new DatagramSocket();
              socket.connect(at, target.getLocalPort());
              return socket;
            }),
        target);
  }

  /** Over the loopback device of a network. */
  public static Probe on(TestNetwork network, String address) throws Exception {
    return between(network, network, address);
  }

  /** Where it sends to. */
  public int port() {
    return to.getLocalPort();
  }

  /** Where it sends from. */
  public int localPort() {
    return from.getLocalPort();
  }

  /** Sends so many, one after the other. */
  public void send(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      ByteBuffer bytes = ByteBuffer.allocate(LENGTH).putInt(sent++).putLong(System.nanoTime());
      from.send(new DatagramPacket(bytes.array(), LENGTH));
    }
  }

  private void listen() {
    byte[] bytes = new byte[2 * LENGTH];
    while (!to.isClosed()) {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      try {
        to.receive(packet);
      } catch (SocketTimeoutException none) {
        continue;
      } catch (IOException closed) {
        return;
      }
      ByteBuffer content = ByteBuffer.wrap(bytes);
      Arrival arrival = new Arrival(content.getInt(), System.nanoTime() - content.getLong());
      synchronized (arrivals) {
        arrivals.add(arrival);
      }
    }
  }

  /** What arrived so far, in that order. */
  public List<Arrival> arrivals() {
    synchronized (arrivals) {
      return List.copyOf(arrivals);
    }
  }

  /** Waits until so many have arrived since the beginning. */
  public List<Arrival> await(int count) {
    Await.until(count + " arrivals", () -> arrivals().size() >= count);
    return arrivals();
  }

  /** Sends one, and waits until it is there; what arrived before it is then known. */
  public void mustPass() throws IOException {
    int number = sent;
    send(1);
    Await.until("datagram " + number, () -> has(number));
  }

  private boolean has(int number) {
    return arrivals().stream().anyMatch(arrival -> arrival.number() == number);
  }

  /** Sends one, and says whether it arrives soon: to show that packets do not pass. */
  public boolean passes() throws IOException, InterruptedException {
    int number = sent;
    send(1);
    for (int looks = 0; looks < 100; looks++) {
      if (has(number)) {
        return true;
      }
      Thread.sleep(2);
    }
    return false;
  }

  @Override
  public void close() {
    from.close();
    to.close();
  }
}
