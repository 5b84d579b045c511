package dev.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.faultline.node.relay.StreamFault.Reset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of docs/relay.md. */
class SlowServerTest {

  static final EchoServer server = EchoServer.start();

  @RegisterExtension
  static final RelayExtension relay = RelayExtension.to("127.0.0.1", server.port());

  @AfterAll
  static void end() throws IOException {
    server.close();
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  @Test
  void anAnswerThatComesLateIsWaitedFor() throws Exception {
    relay.delay(Duration.ofMillis(50));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
    }
    assertThat(relay.report().least()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void noAnswerIsATimeout() throws Exception {
    relay.cut();
    try (Socket socket = connect()) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write(1);
      assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
      relay.clear();
      socket.setSoTimeout(30_000);
      assertThat(socket.getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void aResetIsAnError() throws Exception {
    try (Socket socket = connect()) {
      relay.set(new Reset(Duration.ZERO));
      assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }
  }
}
