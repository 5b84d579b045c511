package dev.faultline.benchmarks.packets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** One stream of TCP from the near side to the far one. */
final class Stream implements AutoCloseable {

  private static final int PORTION = 1 << 18;

  private final Wire wire;
  private final ServerSocketChannel door;
  private final AtomicLong received = new AtomicLong();

  private Stream(Wire wire, ServerSocketChannel door) {
    this.wire = wire;
    this.door = door;
    Thread.ofPlatform().daemon().start(this::receive);
  }

  static Stream over(Wire wire) throws IOException, InterruptedException {
    return new Stream(
        wire,
        wire.atFar(() -> ServerSocketChannel.open().bind(new InetSocketAddress(Wire.FAR, 0))));
  }

  int port() throws IOException {
    return ((InetSocketAddress) door.getLocalAddress()).getPort();
  }

  /** Bytes per second that arrive, after a second of running up. */
  double rate(Duration time) throws IOException, InterruptedException {
    SocketChannel channel =
        wire.atNear(() -> SocketChannel.open(new InetSocketAddress(Wire.FAR, port())));
    try (channel) {
      ByteBuffer portion = ByteBuffer.allocateDirect(PORTION);
      send(channel, portion, Duration.ofSeconds(1));
      long before = received.get();
      long began = System.nanoTime();
      send(channel, portion, time);
      return (received.get() - before) * 1e9 / (System.nanoTime() - began);
    }
  }

  private static void send(SocketChannel channel, ByteBuffer portion, Duration time)
      throws IOException {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - until < 0) {
      channel.write(portion.clear());
    }
  }

  private void receive() {
    ByteBuffer portion = ByteBuffer.allocateDirect(PORTION);
    try {
      while (true) {
        try (SocketChannel channel = door.accept()) {
          for (int count = 0; count >= 0; count = channel.read(portion.clear())) {
            received.addAndGet(count);
          }
        }
      }
    } catch (IOException closed) {
      // The benchmark is over.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
