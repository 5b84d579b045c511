package dev.faultline.node.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostOrderTest {

  @Test
  void everyOrderComesBackFromItsLine() {
    for (HostOrder order :
        List.of(
            new HostOrder.Cpu(0.8, 0),
            new HostOrder.Memory(1, 2),
            new HostOrder.Disk(Path.of("/a b\n/ä"), 0, 3),
            new HostOrder.Io(Path.of("/a b"), 2, 3, 4),
            new HostOrder.Within(Path.of("/a b"), 7, "0a", new HostOrder.Cpu(0.5, 1)),
            new HostOrder.Within(Path.of("/proc"), 7, "0a", new HostOrder.Memory(1, 2)),
            new HostOrder.Ports(7, Optional.empty()),
            new HostOrder.Ports(0, Optional.of(Path.of("/run/netns/a"))))) {
      String line = HostOrder.write(order, Duration.ofSeconds(7));

      assertThat(line).doesNotContain("\n").matches("\\p{ASCII}*");
      assertThat(HostOrder.parse(line)).isEqualTo(order);
      assertThat(HostOrder.lease(line)).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "faultline-host 2 1000 memory 1 1",
        "faultline-host 1 1000 memory 1",
        "faultline-host 1 1000 memory 0 1",
        "faultline-host 1 1000 memory 1 one",
        "faultline-host 1 1000 cpu 1.1 1",
        "faultline-host 1 1000 cpu NaN 1",
        "faultline-host 1 1000 disk 2e 0 0",
        "faultline-host 1 1000 disk 2 0 0",
        "faultline-host 1 1000 io 2f 0 1 1",
        "faultline-host 1 1000 io 2f 1 1",
        "faultline-host 1 1000 ports - -1",
        "faultline-host 1 1000 ports 2e 1",
        "faultline-host 1 1000 within 2f 7 0a",
        "faultline-host 1 1000 within 2f 7 0a disk 2f 0 0",
        "faultline-host 1 1000 within 2f 0 0a memory 1 1",
        "faultline-host 1 1000 within 2f 7 ../a memory 1 1",
        "faultline-host 1 1000 tape 2 0 0"
      })
  void anythingElseIsRefused(String line) {
    assertThatThrownBy(() -> HostOrder.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLeaseThatCannotBeIsRefused() {
    assertThatThrownBy(() -> HostOrder.lease("faultline-host 1 0 memory 1 1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
