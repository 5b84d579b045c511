package dev.faultline.benchmarks.packets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Small datagrams from the near side to the far one, and how long they take. */
final class Datagrams implements AutoCloseable {

  private static final int LENGTH = 64;
  private static final int BUFFER = 64 << 20;
  private static final long SECOND = 1_000_000_000;

  private final DatagramChannel from;
  private final DatagramChannel to;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong last = new AtomicLong();
  private volatile Histogram times = new Histogram(3);

  private Datagrams(DatagramChannel from, DatagramChannel to) {
    this.from = from;
    this.to = to;
    Thread.ofPlatform().daemon().start(this::receive);
  }

  static Datagrams over(Wire wire) throws IOException, InterruptedException {
    DatagramChannel to =
        wire.atFar(
            () ->
                DatagramChannel.open()
                    .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER)
                    .bind(new InetSocketAddress(Wire.FAR, 0)));
    DatagramChannel from =
        wire.atNear(
            () ->
                DatagramChannel.open()
                    .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER)
                    .connect(to.getLocalAddress()));
    return new Datagrams(from, to);
  }

  int port() throws IOException {
    return ((InetSocketAddress) to.getLocalAddress()).getPort();
  }

  /** Sends at a rate in equal portions of a millisecond, and returns how long each took. */
  Histogram paced(int perSecond, Duration time) throws IOException {
    times = new Histogram(3);
    long before = received.get();
    ByteBuffer packet = ByteBuffer.allocateDirect(LENGTH);
    long began = System.nanoTime();
    long sent = 0;
    for (long now = began; now - began < time.toNanos(); now = System.nanoTime()) {
      long wanted = (now - began) / 1_000_000 * perSecond / 1000;
      for (; sent < wanted; sent++) {
        send(packet);
      }
      LockSupport.parkNanos(100_000);
    }
    settle(before + sent);
    return times;
  }

  /** Sends as fast as it can; how many were sent. */
  long flood(Duration time) throws IOException {
    ByteBuffer packet = ByteBuffer.allocateDirect(LENGTH);
    long until = System.nanoTime() + time.toNanos();
    long sent = 0;
    for (; System.nanoTime() - until < 0; sent++) {
      send(packet);
    }
    return sent;
  }

  void sendOne() throws IOException {
    send(ByteBuffer.allocateDirect(LENGTH));
  }

  private void send(ByteBuffer packet) throws IOException {
    packet.clear().putLong(0, System.nanoTime());
    from.write(packet);
  }

  long received() {
    return received.get();
  }

  /** When the last one came. */
  long lastCame() {
    return last.get();
  }

  private void settle(long count) {
    long until = System.nanoTime() + 5 * SECOND;
    while (received.get() < count && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void receive() {
    ByteBuffer packet = ByteBuffer.allocateDirect(LENGTH);
    try {
      while (true) {
        packet.clear();
        to.receive(packet);
        long now = System.nanoTime();
        long took = now - packet.getLong(0);
        times.recordValue(Math.max(0, took));
        last.set(now);
        received.incrementAndGet();
      }
    } catch (IOException closed) {
      // The benchmark is over.
    }
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
  }
}
