package dev.faultline.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of one thread that answers at once, but for a stall of {@link #STALL_MILLIS} in every
 * {@link #EVERY_MILLIS}. Who sends at even distances, whatever happens, must see: a request in ten
 * waits, between 0 and the whole stall, all equally often. So the p99 is nine tenths of the stall.
 * Who waits for answers before sending on sees one request per connection and stall.
 */
final class StallingServer implements AutoCloseable {

  static final int STALL_MILLIS = 200;
  static final int EVERY_MILLIS = 2000;

  private static final int BACKLOG = 4000;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final ServerSocketChannel door;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
  private final long began = System.nanoTime();

  private StallingServer(Selector selector, ServerSocketChannel door) {
    this.selector = selector;
    this.door = door;
  }

  static StallingServer start() throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    door.configureBlocking(false);
    Selector selector = Selector.open();
    door.register(selector, SelectionKey.OP_ACCEPT);
    StallingServer server = new StallingServer(selector, door);
    Thread.ofPlatform().daemon().name("server").start(server::serve);
    return server;
  }

  /** The latency below which this share of evenly spaced requests stays, in milliseconds. */
  static double truth(double share) {
    double waiting = (double) STALL_MILLIS / EVERY_MILLIS;
    return Math.max(0, 1 - (1 - share) / waiting) * STALL_MILLIS;
  }

  int port() {
    return door.socket().getLocalPort();
  }

  private void serve() {
    try {
      while (door.isOpen()) {
        stall();
        selector.select(this::handle, 1);
      }
    } catch (IOException over) {
      System.err.println("the server ended: " + over);
    }
  }

  private void stall() {
    long every = TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
    long end = TimeUnit.MILLISECONDS.toNanos(STALL_MILLIS);
    long at = (System.nanoTime() - began) % every;
    while (at < end) {
      LockSupport.parkNanos(end - at);
      at = (System.nanoTime() - began) % every;
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        answer((SocketChannel) key.channel());
      }
    } catch (IOException reset) {
      key.cancel();
    }
  }

  private void accept() throws IOException {
    for (SocketChannel client = door.accept(); client != null; client = door.accept()) {
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
    }
  }

  /** Each piece is one request: nobody sends a second one before the answer. */
  private void answer(SocketChannel client) throws IOException {
    int length = client.read(buffer.clear());
    if (length < 0) {
      client.close();
    } else if (length > 0) {
      client.write(answer.flip());
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    selector.close();
  }
}
