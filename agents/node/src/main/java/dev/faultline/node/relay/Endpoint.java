package dev.faultline.node.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One of the two sockets of a connection. Belongs to the loop's thread. */
final class Endpoint {

  private final SocketChannel channel;
  private final SelectionKey key;

  Endpoint(SocketChannel channel, Loop loop, Loop.Ready ready) throws IOException {
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = loop.register(channel, 0, ready);
  }

  boolean is(SelectionKey other) {
    return key.equals(other);
  }

  /**
   * Begins to connect; the key is told when that is over.
   *
   * @return whether it is over already
   */
  boolean connect(InetSocketAddress target) throws IOException {
    if (channel.connect(target)) {
      return true;
    }
    key.interestOps(SelectionKey.OP_CONNECT);
    return false;
  }

  /** Whether it is connected by now. */
  boolean finishConnect() throws IOException {
    return channel.finishConnect();
  }

  int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  int write(ByteBuffer from) throws IOException {
    return channel.write(from);
  }

  /** Says that nothing more will be written (FIN). */
  void end() throws IOException {
    channel.shutdownOutput();
  }

  void await(boolean read, boolean write) {
    if (key.isValid()) {
      int ops = (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
      if (ops != key.interestOps()) {
        key.interestOps(ops);
      }
    }
  }

  void close() {
    Loop.close(channel);
  }

  /** Ends it at once; the other side sees a reset. */
  void reset() {
    reset(channel);
  }

  static void reset(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException ended) {
      // Then there is nothing to be cut short.
    }
    Loop.close(channel);
  }
}
