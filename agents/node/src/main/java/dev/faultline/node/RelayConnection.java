package dev.faultline.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection that a relay passes on. Thread-safe. */
final class RelayConnection {

  private static final int CONNECT_MILLIS = 5000;

  private final Socket client;
  private final Socket server = new Socket();
  private final RelayGate gate;
  private final RelayDelays delays;
  private final Consumer<RelayConnection> ended;

  RelayConnection(
      Socket client, RelayGate gate, RelayDelays delays, Consumer<RelayConnection> ended) {
    this.client = client;
    this.gate = gate;
    this.delays = delays;
    this.ended = ended;
  }

  /** Connects to the server, passes everything on, and returns when both sides have ended. */
  void run(InetSocketAddress target) {
    try {
      gate.pass();
      server.connect(target, CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      RelayLine back =
          new RelayLine(server, client, gate, () -> delays.nanos(Relay.Way.FROM_TARGET));
      RelayLine forth =
          new RelayLine(client, server, gate, () -> delays.nanos(Relay.Way.TO_TARGET));
      Thread other = Thread.ofVirtual().name("relay-back").start(() -> pass(back));
      pass(forth);
      other.join();
      close(client);
      close(server);
    } catch (IOException | InterruptedException noServer) {
      // The end of a connection is news too.
      gate.pass();
      reset();
    } finally {
      ended.accept(this);
    }
  }

  private void pass(RelayLine line) {
    try {
      line.run();
    } catch (IOException broken) {
      gate.pass();
      reset();
    }
  }

  /** Ends both sides at once; those who still send see a reset. */
  void reset() {
    reset(client);
    reset(server);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException ended) {
      // Then there is nothing to be cut short.
    }
    close(socket);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      // It is closed either way.
    }
  }
}
