package dev.faultline.node;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
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

  /** Refuses bounds that are none. */
  public CommandSocket {
    Exchange _ = new Exchange(timeout, mostBytes);
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
    byte[] answer =
        new Exchange(timeout, mostBytes)
            .over(
                SocketChannel.open(StandardProtocolFamily.UNIX),
                UnixDomainSocketAddress.of(file),
                (line + "\n").getBytes(StandardCharsets.US_ASCII));
    return new String(answer, StandardCharsets.UTF_8);
  }
}
