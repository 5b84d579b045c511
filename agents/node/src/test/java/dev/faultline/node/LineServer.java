package dev.faultline.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** Takes one line per connection at a Unix socket and answers it. */
final class LineServer implements AutoCloseable {

  /** An answer that never comes. */
  static final String HANG = "hang";

  private final ServerSocketChannel channel;
  private final UnaryOperator<String> answers;
  private final Queue<String> taken = new ConcurrentLinkedQueue<>();
  private final Queue<SocketChannel> hanging = new ConcurrentLinkedQueue<>();

  private LineServer(ServerSocketChannel channel, UnaryOperator<String> answers) {
    this.channel = channel;
    this.answers = answers;
  }

  static LineServer at(Path socket, UnaryOperator<String> answers) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    LineServer server = new LineServer(channel, answers);
    Thread.ofPlatform().daemon().start(server::serve);
    return server;
  }

  /** The lines so far. */
  List<String> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    for (SocketChannel connection : hanging) {
      connection.close();
    }
  }

  private void serve() {
    try {
      while (true) {
        answer(channel.accept());
      }
    } catch (ClosedChannelException over) {
      // As it should be.
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private void answer(SocketChannel connection) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
    String line = lines.readLine();
    taken.add(String.valueOf(line));
    String answer = answers.apply(String.valueOf(line));
    if (answer.equals(HANG)) {
      hanging.add(connection);
      return;
    }
    try (connection) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(answer);
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
    } catch (IOException gone) {
      // Who asked has heard enough.
    }
  }
}
