package dev.faultline.node.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.Await;
import dev.faultline.node.Children;
import dev.faultline.node.FuseLauncher;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.packet.TestNetwork;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a network of its own: nobody else may lack ports meanwhile. */
class PortHoldingTest {

  private static final int SERVER = 7000;
  private static final int OTHER_SERVER = 7001;

  @AutoClose private final Children children = new Children();
  private final List<Closeable> sockets = new ArrayList<>();
  @AutoClose private TestNetwork network;

  @BeforeEach
  void serve() throws Exception {
    network = TestNetwork.create();
    // Fewer than a process may have descriptors, wherever this runs.
    String _ = network.run("sh", "-c", "echo 40000 40999 >/proc/sys/net/ipv4/ip_local_port_range");
    sockets.add(network.inside(() -> listen(SERVER)));
    sockets.add(network.inside(() -> listen(OTHER_SERVER)));
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Closeable socket : sockets) {
      socket.close();
    }
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static ServerSocketChannel listen(int port) throws IOException {
    return ServerSocketChannel.open().bind(local(port));
  }

  private boolean connect(int port) throws Exception {
    return network.inside(() -> sockets.add(SocketChannel.open(local(port))));
  }

  private RunningHolder start(int leave) throws HolderException {
    FuseLauncher alike = FuseLauncher.likeThisProcess();
    return new HostLauncher(alike.java(), alike.classPath())
        .start(
            new HostMark("test-" + UUID.randomUUID(), "it"),
            new HostOrder.Ports(leave, Optional.of(network.path())),
            Duration.ofMinutes(2),
            children,
            Duration.ofSeconds(30));
  }

  @Test
  void nobodyGetsAPortUntilItIsKilled() throws Exception {
    connect(SERVER);
    int all = network.inside(() -> EphemeralPorts.read().cardinality());
    try (RunningHolder holder = start(0)) {
      Await.until("none is left", () -> holder.read().left() == 0);
      assertThat(holder.read().held()).isEqualTo((double) all).isEqualTo(1000.0);

      assertThatThrownBy(() -> connect(SERVER)).isInstanceOf(BindException.class);
      assertThatThrownBy(() -> connect(OTHER_SERVER))
          .as("the port of the connection that is there serves no second one")
          .isInstanceOf(BindException.class);
      assertThatThrownBy(() -> network.inside(() -> listen(0))).isInstanceOf(BindException.class);

      var _ = holder.identity().signal(PosixSignal.KILL);

      Await.until("it ends", () -> !holder.lives());
      assertThat(connect(SERVER)).isTrue();
    }
  }

  @Test
  void asManyAsAreLeftCanBeHad() throws Exception {
    try (RunningHolder holder = start(2)) {
      Await.until("two are left", () -> holder.read().left() == 2);

      assertThat(connect(SERVER)).isTrue();
      assertThat(connect(SERVER)).isTrue();
      assertThatThrownBy(() -> connect(SERVER)).isInstanceOf(BindException.class);
    }
    assertThat(connect(SERVER)).as("all are free again").isTrue();
  }

  @Test
  void reservedPortsAreNotAmongThem() {
    BitSet ports = EphemeralPorts.parse("100\t110\n", "90-101,105,110-120\n");

    assertThat(ports.stream()).containsExactly(102, 103, 104, 106, 107, 108, 109);
    assertThat(EphemeralPorts.parse("1 2", "\n").cardinality()).isEqualTo(2);
  }
}
