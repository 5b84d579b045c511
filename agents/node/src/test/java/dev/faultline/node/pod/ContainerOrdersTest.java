package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.faultline.node.PosixSignal;
import dev.faultline.node.host.HostOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders for a container come back as they were written, and nothing else is read. */
class ContainerOrdersTest {

  static List<ContainerWork> works() {
    return List.of(
        new ContainerWork.Freeze(),
        new ContainerWork.Signal(PosixSignal.KILL),
        new ContainerWork.Signal(PosixSignal.TERM),
        new ContainerWork.Signal(PosixSignal.INT),
        new ContainerWork.Strain(new HostOrder.Cpu(0.8, 2)),
        new ContainerWork.Strain(new HostOrder.Memory(64 << 20, 0)));
  }

  @ParameterizedTest
  @MethodSource("works")
  void whatIsWrittenIsRead(ContainerWork work) {
    ContainerOrders orders = ContainerOrders.first().with(work).next();

    assertThat(ContainerOrders.parse(orders.text())).isEqualTo(orders);
    assertThat(orders.revision()).isEqualTo(3);
  }

  @Test
  void nothingIsWrittenToo() {
    ContainerOrders orders = ContainerOrders.first().with(new ContainerWork.Freeze()).without();

    assertThat(ContainerOrders.parse(orders.text())).isEqualTo(orders);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "faultline-container 1\nrevision 2\n",
        "faultline-container 2\nrevision 2\nwork kill\n",
        "faultline-container 1\nrevision 0\nwork kill\n",
        "faultline-container 1\nrevision 02\nwork kill\n",
        "faultline-container 1\nrevision 2\nwork KILL\n",
        "faultline-container 1\nrevision 2\nwork stop\n",
        "faultline-container 1\nrevision 2\nwork strain\n",
        "faultline-container 1\nrevision 2\nwork strain cpu 0.80 2\n",
        "faultline-container 1\nrevision 2\nwork strain disk 2f 0 1\n",
        "faultline-container 1\nrevision 2\nwork strain ports - 1\n",
        "faultline-container 1\nrevision 2\nwork kill",
        "faultline-container 1\nrevision 2\nwork kill\nwork kill\n"
      })
  void nothingElseIsRead(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ContainerOrders.parse(text));
  }
}
