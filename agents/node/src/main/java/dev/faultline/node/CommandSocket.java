package dev.faultline.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Unix socket that takes one command per connection, a line, and answers until it closes, as the
 * runtime API of HAProxy does. Thread-safe: each command has its own connection.
 *
 * @param file the socket
 * @param timeout for a command, from the connection to the end of its answer; above zero
 * @param mostBytes how long an answer may be; at least 1
 */
public record CommandSocket(Path file, Duration timeout, int mostBytes) {

  /** How long a line may be, in characters. */
  public static final int LONGEST_LINE = 512;

  private static final int BUFFER = 8192;

  /** Refuses bounds that are none. */
  public CommandSocket {
    if (timeout.isNegative() || timeout.isZero() || mostBytes < 1) {
      throw new IllegalArgumentException("no bound: %s, %d bytes".formatted(timeout, mostBytes));
    }
  }

  /**
   * Refuses what is not one command: a line has 1 to {@value #LONGEST_LINE} printable characters of
   * ASCII and no {@code ;}, which would begin another.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static void requireOneCommand(String line) {
    boolean one =
        !line.isBlank()
            && line.length() <= LONGEST_LINE
            && line.chars().allMatch(c -> c >= ' ' && c <= '~' && c != ';');
    if (!one) {
      throw new IllegalArgumentException(
          "not one command: '%s'".formatted(line.replaceAll("[^ -~]", "?")));
    }
  }

  /**
   * Sends one command and returns the answer.
   *
   * @throws IllegalArgumentException when the line is not one command
   * @throws SocketTimeoutException when the answer has no end in time
   * @throws IOException when nobody listens, or the answer is too long
   */
  public String ask(String line) throws IOException {
    requireOneCommand(line);
    long end = System.nanoTime() + timeout.toNanos();
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, 0);
      if (!channel.connect(UnixDomainSocketAddress.of(file))) {
        await(key, SelectionKey.OP_CONNECT, end);
        channel.finishConnect();
      }
      ByteBuffer command = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
      while (channel.write(command) >= 0 && command.hasRemaining()) {
        await(key, SelectionKey.OP_WRITE, end);
      }
      return read(channel, key, end);
    }
  }

  private String read(SocketChannel channel, SelectionKey key, long end) throws IOException {
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
    return answer.toString(StandardCharsets.UTF_8);
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
