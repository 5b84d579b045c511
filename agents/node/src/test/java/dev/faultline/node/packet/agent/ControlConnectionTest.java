package dev.faultline.node.packet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.Network;
import dev.faultline.node.packet.PacketSettings;
import dev.faultline.node.packet.Place;
import dev.faultline.node.packet.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlConnectionTest {

  private static final PacketSettings SETTINGS =
      PacketSettings.of("run", new Place.Here(), Duration.ofSeconds(5));

  @Test
  void theConnectionOfSshIsSparedOnWhateverPortItComes() {
    PacketSettings spared =
        ControlConnection.spare(SETTINGS, Optional.of("192.0.2.7 51234 192.0.2.1 2222"));

    assertThat(spared.spared())
        .containsExactly(
            Ends.local(22),
            new Ends(
                List.of(Ports.of(2222)),
                List.of(Ports.of(51234)),
                List.of(Network.parse("192.0.2.7"))));
  }

  @Test
  void withoutSshNothingIsAdded() {
    assertThat(ControlConnection.spare(SETTINGS, Optional.empty())).isEqualTo(SETTINGS);
    assertThat(ControlConnection.spare(SETTINGS, Optional.of("?"))).isEqualTo(SETTINGS);
  }
}
