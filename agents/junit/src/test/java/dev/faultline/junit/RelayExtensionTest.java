package dev.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.node.relay.RelayFault;
import dev.faultline.node.relay.StreamFault.Latency;
import dev.faultline.node.relay.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of the relay, and of faults. */
class RelayExtensionTest {

  private static final EchoServer SERVER = EchoServer.start();
  private static final List<Integer> SHARED_PORTS = new ArrayList<>();
  private static final List<Integer> OWN_PORTS = new ArrayList<>();

  @RegisterExtension
  static final RelayExtension shared = RelayExtension.to("localhost", SERVER.port());

  @RegisterExtension final RelayExtension own = RelayExtension.to("127.0.0.1", SERVER.port());

  @BeforeAll
  static void setForAll() {
    shared.put("all", RelayFault.of(new Latency(Duration.ofMillis(1)), Way.TO_TARGET));
  }

  @AfterAll
  static void end() throws IOException {
    SERVER.close();
    assertThat(SHARED_PORTS).hasSize(2);
    assertThat(SHARED_PORTS.getFirst()).isEqualTo(SHARED_PORTS.getLast());
    for (int port : OWN_PORTS) {
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
          .isInstanceOf(IOException.class);
    }
  }

  @RepeatedTest(2)
  void faultsOfATestAreRemovedAfterItAndThoseOfAllStay() throws Exception {
    SHARED_PORTS.add(shared.port());
    OWN_PORTS.add(own.port());
    shared.set(new Latency(Duration.ofMillis(20)), Way.FROM_TARGET);
    assertThat(shared.report().connections()).isZero();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shared.address().getPort())) {
      socket.getOutputStream().write(3);
      assertThat(socket.getInputStream().read()).isEqualTo(3);
    }
    assertThat(shared.report("all").bytes()).isEqualTo(SHARED_PORTS.size());
    assertThat(shared.traffic().accepted()).isEqualTo(SHARED_PORTS.size());
  }

  @Test
  void outsideOfTestsThereIsNoRelay() {
    RelayExtension unregistered = RelayExtension.to("127.0.0.1", SERVER.port());
    assertThatThrownBy(unregistered::port)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
  }
}
