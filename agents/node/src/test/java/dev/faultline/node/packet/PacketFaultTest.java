package dev.faultline.node.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.faultline.node.packet.PacketEffect.Bandwidth;
import dev.faultline.node.packet.PacketEffect.Latency;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketEffect.Partition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault that could not be put in force cannot be written down. */
class PacketFaultTest {

  private static final Selection ALL = Selection.of(Protocol.ANY, Ends.ANY, Direction.IN);

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "::/129", "10.0.0.0/x", "fe80::1%lo", ""})
  void whatIsNoNetworkIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "192.0.2.7/32", "2001:db8:0:0:0:0:0:0/32"})
  void aNetworkIsWrittenAsItIsRead(String text) {
    assertThat(Network.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "9-8", "a", "1-", ""})
  void whatAreNoPortsIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Ports.parse(text));
  }

  @Test
  void conditionsThatExcludeEachOtherAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.of(Protocol.ICMP, Ends.local(80), Direction.IN))
        .withMessageContaining("ICMP");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> select(Optional.of("a device"), Optional.empty()))
        .withMessageContaining("interface");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> select(Optional.empty(), Optional.of(new Owner.User(0))))
        .withMessageContaining("out");
    assertThatIllegalArgumentException().isThrownBy(() -> new Owner.Group(Path.of("../x")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Selection.of(Protocol.ANY, Ends.ANY))
        .withMessageContaining("direction");
  }

  private static Selection select(Optional<String> device, Optional<Owner> owner) {
    return new Selection(Set.of(Direction.IN), Protocol.ANY, Ends.ANY, device, owner);
  }

  @Test
  void effectsThatDoNotGoTogetherAreRefused() {
    var partition = new Partition(Partition.Manner.DROP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketFault.of(ALL, partition, new Loss(0.1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PacketFault.of(ALL, new Loss(0.1), new Loss(0.2)))
        .withMessageContaining("twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PacketFault(ALL, new Share(1, 0.5), List.of(partition), 0))
        .withMessageContaining("use loss");
    assertThatIllegalArgumentException().isThrownBy(() -> PacketFault.of(ALL));
  }

  @Test
  void parametersOutOfTheirRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Loss(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Loss(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latency.of(Duration.ofMinutes(11)))
        .withMessageContaining("10 minutes");
    assertThatIllegalArgumentException().isThrownBy(() -> new Bandwidth(0, Duration.ofSeconds(1)));
  }
}
