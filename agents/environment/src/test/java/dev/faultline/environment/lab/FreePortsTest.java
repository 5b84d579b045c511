package dev.faultline.environment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void ports_lie_outside_the_range_of_outgoing_connections_where_there_is_room() {
    assertThat(FreePorts.outside(32_768, 60_999)).isEqualTo(new FreePorts(10_000, 32_767));
    assertThat(FreePorts.outside(1_024, 60_999)).isEqualTo(new FreePorts(61_000, 65_535));
    assertThat(FreePorts.outside(1_024, 65_535)).isEqualTo(new FreePorts(10_000, 65_535));
  }

  @Test
  void a_port_that_somebody_listens_on_is_not_free_and_has_a_holder() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(FreePorts.isFree(port)).isFalse();
      assertThat(PortHolder.of(port).map(PortHolder::pid)).hasValue(ProcessHandle.current().pid());
    }
    assertThat(FreePorts.isFree(port)).isTrue();
    assertThat(PortHolder.of(port)).isEmpty();
  }
}
