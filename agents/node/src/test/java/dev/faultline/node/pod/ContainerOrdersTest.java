package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders for a container come back as they were written, and nothing else is read. */
class ContainerOrdersTest {

  @ParameterizedTest
  @EnumSource(ContainerWork.class)
  void whatIsWrittenIsRead(ContainerWork work) {
    ContainerOrders orders = ContainerOrders.first().with(work).next();

    assertThat(ContainerOrders.parse(orders.text())).isEqualTo(orders);
    assertThat(orders.revision()).isEqualTo(3);
  }

  @Test
  void nothingIsWrittenToo() {
    ContainerOrders orders = ContainerOrders.first().with(ContainerWork.FREEZE).without();

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
        "faultline-container 1\nrevision 2\nwork kill",
        "faultline-container 1\nrevision 2\nwork kill\nwork kill\n"
      })
  void nothingElseIsRead(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ContainerOrders.parse(text));
  }
}
