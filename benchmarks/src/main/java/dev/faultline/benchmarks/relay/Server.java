package dev.faultline.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A server as light as can be, so that little of the machine is spent on it: one thread. It answers
 * each piece that begins like a request; it swallows all others.
 */
public final class Server implements AutoCloseable {

  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\necho".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REQUEST =
      "GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final ServerSocketChannel door;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);

  private Server(Selector selector, ServerSocketChannel door) {
    this.selector = selector;
    this.door = door;
  }

  /** Starts one at a free port. */
  public static Server start() throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2000);
    door.configureBlocking(false);
    Selector selector = Selector.open();
    door.register(selector, SelectionKey.OP_ACCEPT);
    Server server = new Server(selector, door);
    Thread.ofPlatform().daemon().name("server").start(server::serve);
    return server;
  }

  static ByteBuffer request() {
    return ByteBuffer.allocateDirect(REQUEST.length).put(REQUEST).flip();
  }

  static int answerLength() {
    return ANSWER.length;
  }

  /** Where it listens. */
  public int port() {
    return door.socket().getLocalPort();
  }

  private void serve() {
    try {
      while (door.isOpen()) {
        selector.select(this::handle);
      }
    } catch (ClosedSelectorException closed) {
      // As it should be.
    } catch (IOException over) {
      System.err.println("the server ended: " + over);
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = door.accept();
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
      } else {
        read((SocketChannel) key.channel());
      }
    } catch (IOException reset) {
      key.cancel();
    }
  }

  private void read(SocketChannel client) throws IOException {
    int length = client.read(buffer.clear());
    if (length < 0) {
      client.close();
    } else if (length > 0 && buffer.get(0) == 'G') {
      client.write(answer.flip());
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    selector.close();
  }
}
