package dev.faultline.node.packet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect;
import dev.faultline.node.packet.PacketEffect.Bandwidth;
import dev.faultline.node.packet.PacketEffect.Corrupt;
import dev.faultline.node.packet.PacketEffect.Duplicate;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketEffect.Partition;
import dev.faultline.node.packet.PacketEffect.Partition.Manner;
import dev.faultline.node.packet.PacketEffect.Reorder;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.PacketReading;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Probe;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.TestNetwork;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of TCP, whose large packets the kernel cuts late, and ICMP, between two namespaces. */
class PacketTrafficTest {

  private static final String NAME = "fault";
  private static final InetAddress FAR = InetAddress.ofLiteral("10.231.8.2");

  private TestNetwork near;
  private TestNetwork far;
  private PacketEngine engine;

  @BeforeEach
  void start() throws Exception {
    near = TestNetwork.create();
    far = TestNetwork.create();
    near.join(
        far, "w", List.of("10.231.8.1/24", "fe80::1/64"), List.of("10.231.8.2/24", "fe80::2/64"));
    engine =
        PacketEngine.start(
            PacketSettings.of("traffic", new Place.Named(far.path()), Duration.ofMinutes(5)));
  }

  @AfterEach
  void end() throws Exception {
    if (engine != null) {
      engine.close();
    }
    for (TestNetwork network : new TestNetwork[] {near, far}) {
      if (network != null) {
        network.close();
      }
    }
  }

  static List<List<PacketEffect>> effects() {
    Duration delay = Duration.ofMillis(2);
    return List.of(
        List.of(Latency.of(delay)),
        List.of(new Bandwidth(20_000_000, Duration.ofSeconds(1)), Latency.of(delay)),
        List.of(
            new Loss(0.01),
            new Corrupt(0.01),
            new Duplicate(0.01),
            new Reorder(0.01, delay),
            Latency.of(delay)));
  }

  @ParameterizedTest
  @MethodSource("effects")
  void aStreamArrivesWholeWhateverHappensToItsPackets(List<PacketEffect> effects) throws Exception {
    byte[] content = new byte[3 << 20];
    new SplittableRandom(7).nextBytes(content);
    try (ServerSocket door = far.inside(() -> new ServerSocket(0, 1, FAR))) {
      Selection both =
          Selection.of(Protocol.TCP, Ends.local(door.getLocalPort()), Direction.IN, Direction.OUT);
      engine.put(NAME, PacketFault.of(both, effects.toArray(PacketEffect[]::new)));
      CompletableFuture<byte[]> received = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> receive(door, received));

      try (Socket socket = near.inside(() -> new Socket(FAR, door.getLocalPort()))) {
        socket.getOutputStream().write(content);
      }

      assertThat(received.get(60, TimeUnit.SECONDS)).isEqualTo(content);
    }
    PacketReading reading = engine.remove(NAME).orElseThrow();
    assertThat(reading.bytes()).isGreaterThan(content.length);
    assertThat(reading.spared()).isZero();
  }

  private static void receive(ServerSocket door, CompletableFuture<byte[]> received) {
    try (Socket socket = door.accept()) {
      received.complete(socket.getInputStream().readAllBytes());
    } catch (IOException failure) {
      received.completeExceptionally(failure);
    }
  }

  @Test
  void addressesOfALinkAreReachedAgain() throws Exception {
    // The devices of a new namespace: 1 is the loopback, 2 the one that joins.
    try (Probe there = Probe.between(near, far, "fe80::2%2");
        Probe back = Probe.between(far, near, "fe80::1%2")) {
      Latency late = Latency.of(Duration.ofMillis(5));
      engine.put(
          NAME,
          PacketFault.of(
              Selection.of(Protocol.UDP, Ends.ANY, Direction.IN, Direction.OUT),
              late,
              new Duplicate(1)));

      there.send(5);
      back.send(5);

      for (Probe probe : List.of(there, back)) {
        assertThat(probe.await(10)).allMatch(arrival -> arrival.nanos() >= 5_000_000);
      }
    }
  }

  @Test
  void onlyIcmpIsHitWhereOnlyIcmpIsMeant() throws Exception {
    assertThat(echoes()).isTrue();
    Selection icmp = Selection.of(Protocol.ICMP, Ends.ANY, Direction.IN);

    engine.put(NAME, PacketFault.of(icmp, new Partition(Manner.DROP)));

    assertThat(echoes()).isFalse();
    try (ServerSocket door = far.inside(() -> new ServerSocket(0, 1, FAR))) {
      assertThat(connects(door.getLocalPort())).isTrue();
    }
    assertThat(engine.remove(NAME).orElseThrow().matched()).isPositive();
    assertThat(echoes()).isTrue();
  }

  @Test
  void aConnectionThatIsSparedIsNotHit() throws Exception {
    engine.close();
    try (ServerSocket spared = far.inside(() -> new ServerSocket(0, 1, FAR));
        ServerSocket other = far.inside(() -> new ServerSocket(0, 1, FAR))) {
      engine =
          PacketEngine.start(
              new PacketSettings(
                  "traffic",
                  new Place.Named(far.path()),
                  Duration.ofMinutes(5),
                  10,
                  List.of(Ends.local(spared.getLocalPort()))));
      Selection all = Selection.of(Protocol.ANY, Ends.ANY, Direction.IN, Direction.OUT);
      engine.put(NAME, PacketFault.of(all, new Partition(Manner.REJECT)));

      assertThat(connects(spared.getLocalPort())).isTrue();
      assertThat(connects(other.getLocalPort())).isFalse();
    }
  }

  /** Asks by ICMP, as the JDK does for root. */
  private boolean echoes() throws Exception {
    return near.inside(() -> FAR.isReachable(1000));
  }

  private boolean connects(int port) throws Exception {
    return near.inside(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(FAR, port), 10_000);
            return true;
          } catch (ConnectException refused) {
            return false;
          }
        });
  }
}
