package dev.faultline.node.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.node.Await;
import dev.faultline.node.relay.Ends.Pair;
import dev.faultline.node.relay.StreamFault.Blackhole;
import dev.faultline.node.relay.StreamFault.Latency;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a relay passes on, and what it leaves behind. */
class RelayTest {

  private Ends ends;

  @BeforeEach
  void start() throws IOException {
    ends = Ends.open();
  }

  @AfterEach
  void end() throws IOException {
    ends.close();
  }

  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  static void send(Socket socket, byte[] bytes) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
              } catch (IOException broken) {
                throw new AssertionError(broken);
              }
            });
  }

  @Test
  void whatIsSentArrivesUnchangedBothWaysAtOnce() throws Exception {
    byte[] bytes = noise(8 << 20);
    try (Pair pair = ends.connect()) {
      send(pair.client(), bytes);
      send(pair.server(), bytes);
      FutureTask<byte[]> back =
          new FutureTask<>(() -> pair.client().getInputStream().readAllBytes());
      Thread.ofVirtual().start(back);

      assertThat(pair.server().getInputStream().readAllBytes()).isEqualTo(bytes);
      assertThat(back.get()).isEqualTo(bytes);
    }
    Await.until("the end", () -> ends.relay().traffic().open() == 0);
    assertThat(ends.relay().traffic())
        .isEqualTo(new RelayTraffic(1, 0, 0, 0, bytes.length, bytes.length));
  }

  @Test
  void anEndOfOneWayLeavesTheOtherOneOpen() throws Exception {
    try (Pair pair = ends.connect()) {
      pair.client().shutdownOutput();

      Ends.assertEnds(pair.server());
      assertThat(pair.back(1)).isEqualTo(1);
      pair.server().close();
      Ends.assertEnds(pair.client());
    }
  }

  @Test
  void aResetOfEitherSideIsPassedOn() throws Exception {
    try (Pair pair = ends.connect()) {
      pair.assertAlive();
      Ends.reset(pair.client());
      Ends.assertReset(pair.server());
    }
    try (Pair pair = ends.connect()) {
      pair.assertAlive();
      Ends.reset(pair.server());
      Ends.assertReset(pair.client());
    }
    Await.until("the end", () -> ends.relay().traffic().open() == 0);
  }

  @Test
  void aServerThatIsNotThereShowsAsAReset() throws Exception {
    ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    gone.close();
    try (Relay relay = Ends.relayTo(gone.getLocalPort());
        Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
      Ends.assertReset(client);
      assertThat(relay.traffic().failed()).isEqualTo(1);
    }
  }

  @Test
  void aSlowReaderSlowsTheSenderAndNothingIsLost() throws Exception {
    try (Pair pair = ends.connect();
        SocketChannel sender =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), ends.relay().port()));
        Socket reader = ends.accept()) {
      sender.configureBlocking(false);
      ByteBuffer chunk = ByteBuffer.allocate(64 << 10);
      long sent = 0;
      for (int refused = 0; refused < 20; ) {
        int written = sender.write(chunk.clear());
        sent += written;
        refused = written == 0 ? refused + 1 : 0;
        if (written == 0) {
          pair.assertAlive();
        }
      }
      sender.shutdownOutput();

      long received = 0;
      for (int read = 0; read >= 0; read = reader.getInputStream().read(chunk.array())) {
        received += read;
      }
      assertThat(received).isEqualTo(sent);
    }
  }

  @Test
  void aThousandConnectionsLeaveNoOpenFile() throws Exception {
    Path files = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(files), "needs /proc to count open files");
    try (Pair pair = ends.connect()) {
      pair.assertAlive();
      long before = count(files);
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        pairs.add(ends.connect());
      }
      assertThat(ends.relay().traffic().open()).isEqualTo(1001);
      for (int i = 0; i < pairs.size(); i++) {
        pairs.get(i).assertAlive();
        if (i % 2 == 0) {
          Ends.reset(pairs.get(i).client());
        }
        pairs.get(i).close();
      }
      Await.until("the end of all", () -> ends.relay().traffic().open() == 1);
      Await.until("no file is left", () -> count(files) <= before);
      pair.assertAlive();
    }
  }

  private static long count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }

  @Test
  void closingEndsWhatIsHeldFreesThePortAndMayBeRepeated() throws Exception {
    ends.relay().put("late", RelayFault.of(new Latency(Duration.ofHours(1))));
    try (Pair pair = ends.connect()) {
      pair.client().getOutputStream().write(1);
      ends.relay().put("cut", RelayFault.of(new Blackhole()));
      try (Socket fresh = ends.client()) {
        ends.relay().close();
        ends.relay().close();

        Ends.assertReset(pair.client());
        Ends.assertReset(pair.server());
        Ends.assertReset(fresh);
      }
      assertThatThrownBy(ends::client).isInstanceOf(IOException.class);
      ends.relay().remove("cut");
    }
  }

  @Test
  void aPortThatIsTakenIsRefusedInWords() {
    InetSocketAddress taken =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ends.relay().port());
    assertThatThrownBy(() -> Relay.start(taken, taken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("port " + ends.relay().port());
    assertThatThrownBy(
            () -> Relay.start(taken, InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
        .hasMessageContaining("nowhere.invalid");
  }
}
