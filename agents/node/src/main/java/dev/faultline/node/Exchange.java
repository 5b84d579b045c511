package dev.faultline.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Something said over a connection of its own, and what comes until the other side closes it: all
 * within one time, and one length.
 *
 * @param timeout from the connection to the end of the answer; above zero
 * @param mostBytes how long an answer may be; at least 1
 */
record Exchange(Duration timeout, int mostBytes) {

  private static final int BUFFER = 8192;

  /** Refuses bounds that are none. */
  Exchange {
    if (timeout.isNegative() || timeout.isZero() || mostBytes < 1) {
      throw new IllegalArgumentException("no bound: %s, %d bytes".formatted(timeout, mostBytes));
    }
  }

  /**
   * Says it, and returns the answer.
   *
   * @param channel not yet connected; closed afterwards
   * @throws SocketTimeoutException when the answer has no end in time
   * @throws IOException when nobody listens, or the answer is too long
   */
  byte[] over(SocketChannel channel, SocketAddress address, byte[] said) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    try (channel;
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      if (!channel.connect(address)) {
        await(key, SelectionKey.OP_CONNECT, end);
        channel.finishConnect();
      }
      ByteBuffer left = ByteBuffer.wrap(said);
      while (channel.write(left) >= 0 && left.hasRemaining()) {
        await(key, SelectionKey.OP_WRITE, end);
      }
      return read(channel, key, end);
    }
  }

  private byte[] read(SocketChannel channel, SelectionKey key, long end) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    int count = channel.read(buffer);
    while (count >= 0) {
      answer.write(buffer.array(), 0, count);
      if (answer.size() > mostBytes) {
        throw new IOException("the answer has more than %d bytes".formatted(mostBytes));
      }
      // Looked at here too, as an answer that flows without end never makes it wait.
      await(key, SelectionKey.OP_READ, end);
      count = channel.read(buffer.clear());
    }
    return answer.toByteArray();
  }

  private void await(SelectionKey key, int ready, long end) throws IOException {
    long left = end - System.nanoTime();
    key.interestOps(ready);
    if (left <= 0 || key.selector().select(Math.max(1, left / 1_000_000)) == 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted");
      }
      if (end - System.nanoTime() <= 0) {
        throw new SocketTimeoutException(
            "no whole answer within %d ms".formatted(timeout.toMillis()));
      }
    }
    key.selector().selectedKeys().clear();
  }
}
