package dev.faultline.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

  private static final int PATIENCE_MILLIS = 10_000;

  private ServerSocket server;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    relay = Relay.start(0, server.getLocalPort());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void end() throws IOException {
    relay.close();
    server.close();
  }

  /** Sends back whatever it gets. */
  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException reset) {
      // As the test wants it.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static int roundTrip(Socket socket, int number) throws IOException {
    socket.getOutputStream().write(number);
    return socket.getInputStream().read();
  }

  @Test
  void whatIsSentArrivesUnchangedAndSoDoesTheEnd() throws Exception {
    byte[] sent = new byte[8 << 20];
    new Random(7).nextBytes(sent);
    try (Socket socket = connect()) {
      Thread sender = Thread.ofVirtual().start(() -> send(socket, sent));
      assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      sender.join();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void whileItIsCutNothingPassesAndThenWhatWasHeldDoes() throws Exception {
    try (Socket old = connect()) {
      assertThat(roundTrip(old, 1)).isEqualTo(1);

      relay.cut();

      assertThat(relay.isCut()).isTrue();
      old.getOutputStream().write(2);
      assertNoAnswer(old);
      try (Socket fresh = connect()) {
        fresh.getOutputStream().write(3);
        assertNoAnswer(fresh);

        relay.join();

        assertThat(old.getInputStream().read()).isEqualTo(2);
        assertThat(fresh.getInputStream().read()).isEqualTo(3);
      }
    }
  }

  private static void assertNoAnswer(Socket socket) throws IOException {
    socket.setSoTimeout(150);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  @Test
  void whileItIsCutNotEvenTheDeathOfTheServerIsSeen() throws Exception {
    try (ServerSocket mortal = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay way = Relay.start(0, mortal.getLocalPort());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), way.port())) {
      Socket accepted = mortal.accept();
      way.cut();
      accepted.setSoLinger(true, 0);
      accepted.close();
      assertNoAnswer(socket);

      way.join();

      assertThat(isEnded(socket)).isTrue();
    }
  }

  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void aServerThatIsNotThereShowsAsAReset() throws Exception {
    server.close();
    try (Socket socket = connect()) {
      assertThat(isEnded(socket)).isTrue();
    }
  }

  @Test
  void aDelayIsALineThatKeepsOrderAndBandwidth() throws Exception {
    Duration delay = Duration.ofMillis(200);
    relay.delay(Relay.Way.FROM_TARGET, delay);
    byte[] sent = new byte[16 << 20];
    new Random(7).nextBytes(sent);
    try (Socket socket = connect()) {
      long began = System.nanoTime();
      FutureTask<Long> first = new FutureTask<>(() -> firstByte(socket, sent[0], began));
      Thread.ofVirtual().start(() -> send(socket, sent));
      Thread.ofVirtual().start(first);
      assertThat(Duration.ofNanos(first.get())).isBetween(delay, Duration.ofSeconds(5));
      byte[] rest = new byte[sent.length - 1];
      new DataInputStream(socket.getInputStream()).readFully(rest);

      assertThat(rest).isEqualTo(Arrays.copyOfRange(sent, 1, sent.length));
      // A pause for each piece of 64 KiB would take 50 s.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static long firstByte(Socket socket, byte expected, long began) throws IOException {
    assertThat((byte) socket.getInputStream().read()).isEqualTo(expected);
    return System.nanoTime() - began;
  }

  @Test
  void aShorterDelayDoesNotOvertake() throws Exception {
    relay.delay(Relay.Way.TO_TARGET, Duration.ofMillis(300));
    try (Socket socket = connect()) {
      socket.getOutputStream().write(1);
      relay.delay(Relay.Way.TO_TARGET, Duration.ZERO);
      for (int number = 2; number < 50; number++) {
        socket.getOutputStream().write(number);
      }
      InputStream in = socket.getInputStream();
      for (int number = 1; number < 50; number++) {
        assertThat(in.read()).isEqualTo(number);
      }
    }
  }

  @Test
  void closingEndsWhatIsHeldAndNeverWaits() throws Exception {
    relay.delay(Relay.Way.FROM_TARGET, Duration.ofHours(1));
    try (Socket held = connect()) {
      held.getOutputStream().write(1);
      relay.cut();
      try (Socket fresh = connect()) {
        long began = System.nanoTime();

        relay.close();
        relay.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(isEnded(held)).isTrue();
        assertThat(isEnded(fresh)).isTrue();
      }
      assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }
  }

  @Test
  void itPassesOnThousandsOfRequestsPerSecond() throws Exception {
    int requests = 5_000;
    try (Socket socket = connect()) {
      for (int i = 0; i < 1_000; i++) {
        roundTrip(socket, 1);
      }
      long began = System.nanoTime();
      for (int i = 0; i < requests; i++) {
        assertThat(roundTrip(socket, i & 0x7f)).isEqualTo(i & 0x7f);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat(requests / seconds).isGreaterThan(500);
    }
  }
}
