package dev.faultline.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests and streams over connections of the loopback address.
 *
 * @param port where it connects
 */
record Load(int port) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What came of requests. */
  record Result(double perSecond, Histogram nanos) {}

  SocketChannel connect() throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel;
  }

  /** One thread sends on each connection the next request once the last one is answered. */
  Result requests(int connections, Duration time) throws IOException {
    Histogram nanos = new Histogram(3);
    ByteBuffer request = Server.request();
    ByteBuffer answer = ByteBuffer.allocateDirect(4096);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = connect();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new long[] {System.nanoTime()});
        channel.write(request.rewind());
      }
      long began = System.nanoTime();
      long end = began + time.toNanos();
      while (System.nanoTime() < end) {
        if (selector.select(key -> next(key, request, answer, nanos), PATIENCE.toMillis()) == 0) {
          throw new IOException("no answer within " + PATIENCE);
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      return new Result(nanos.getTotalCount() / seconds, nanos);
    }
  }

  private static void next(
      SelectionKey key, ByteBuffer request, ByteBuffer answer, Histogram nanos) {
    try {
      SocketChannel channel = (SocketChannel) key.channel();
      if (channel.read(answer.clear()) != Server.answerLength()) {
        throw new IllegalStateException("an answer came in parts or not at all");
      }
      long now = System.nanoTime();
      long[] sent = (long[]) key.attachment();
      nanos.recordValue(now - sent[0]);
      sent[0] = now;
      channel.write(request.rewind());
    } catch (IOException broken) {
      throw new IllegalStateException("a connection broke", broken);
    }
  }

  /** Some requests over one connection, with a pause before each. */
  Histogram paced(int count, Duration pause) throws IOException {
    Histogram nanos = new Histogram(3);
    ByteBuffer request = Server.request();
    ByteBuffer answer = ByteBuffer.allocateDirect(4096);
    try (SocketChannel channel = connect()) {
      for (int i = 0; i < count; i++) {
        LockSupport.parkNanos(pause.toNanos());
        long sent = System.nanoTime();
        channel.write(request.rewind());
        answer.clear();
        while (answer.position() < Server.answerLength()) {
          if (channel.read(answer) < 0) {
            throw new IOException("the connection ended");
          }
        }
        nanos.recordValue(System.nanoTime() - sent);
      }
    }
    return nanos;
  }

  /** Sends as much as goes, and gives the bytes per second. */
  double stream(Duration time) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(256 << 10);
    long sent = 0;
    try (SocketChannel channel = connect()) {
      long began = System.nanoTime();
      while (System.nanoTime() - began < time.toNanos()) {
        sent += channel.write(chunk.clear());
      }
      return sent / ((System.nanoTime() - began) / 1e9);
    }
  }
}
