package dev.faultline.node.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A relay with a server behind it, and both ends of connections through it. */
final class Ends implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int SILENCE_MILLIS = 150;

  private final ServerSocket server;
  private final Relay relay;

  private Ends(ServerSocket server, Relay relay) {
    this.server = server;
    this.relay = relay;
  }

  static Ends open() throws IOException {
    ServerSocket server = new ServerSocket(0, 2000, InetAddress.getLoopbackAddress());
    server.setSoTimeout((int) PATIENCE.toMillis());
    return new Ends(server, relayTo(server.getLocalPort()));
  }

  static Relay relayTo(int port) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    return Relay.start(new InetSocketAddress(here, 0), new InetSocketAddress(here, port));
  }

  Relay relay() {
    return relay;
  }

  /** A connection: what the client has of it, and what the server has. */
  record Pair(Socket client, Socket server) implements AutoCloseable {

    /** Sends bytes to the server, and gives the first one that it has got. */
    int there(int value) throws IOException {
      client.getOutputStream().write(value);
      return server.getInputStream().read();
    }

    /** Sends a byte to the client, and gives the one that it has got. */
    int back(int value) throws IOException {
      server.getOutputStream().write(value);
      return client.getInputStream().read();
    }

    void assertAlive() throws IOException {
      assertThat(there(7)).isEqualTo(7);
      assertThat(back(8)).isEqualTo(8);
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  Pair connect() throws IOException {
    Socket client = client();
    return new Pair(client, prepare(server.accept()));
  }

  /** A client whose connection may not reach the server. */
  Socket client() throws IOException {
    return prepare(new Socket(InetAddress.getLoopbackAddress(), relay.port()));
  }

  Socket accept() throws IOException {
    return prepare(server.accept());
  }

  private static Socket prepare(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout((int) PATIENCE.toMillis());
  }

  static void assertReset(Socket socket) {
    assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
  }

  static void assertEnds(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    relay.close();
    server.close();
  }
}
