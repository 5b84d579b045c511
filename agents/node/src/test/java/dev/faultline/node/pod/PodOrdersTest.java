package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.text.PacketOrder;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders say all that shall be in force; what is new follows from what was followed before. */
class PodOrdersTest {

  private static final PodOrders ONE = PodOrders.first().with("one", loss(0.1));

  private static PacketFault loss(double share) {
    return PacketFault.of(
        Selection.of(Protocol.UDP, Ends.local(53), Direction.IN), new Loss(share));
  }

  @Test
  void theyAreReadAsTheyWereWritten() {
    PodOrders orders = ONE.with("another", loss(0.2));

    assertThat(PodOrders.parse(orders.text())).isEqualTo(orders);
    assertThat(PodOrders.parse(PodOrders.first().text())).isEqualTo(PodOrders.first());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "faultline-orders 1\n",
        "faultline-orders 2\nrevision 1\n",
        "faultline-orders 1\nrevision 0\n",
        "faultline-orders 1\nrevision 01\n",
        "faultline-orders 1\nrevision 1",
        "faultline-orders 1\nrevision 1\nrenew\n",
        "faultline-orders 1\nrevision 1\nremove one\n"
      })
  void rubbishAndASecondSpellingAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PodOrders.parse(text));
  }

  @Test
  void aRenewalRenewsReadsAndMarks() {
    assertThat(ONE.next().since(ONE))
        .containsExactly(new PacketOrder.Renew(), new PacketOrder.Read(), new PacketOrder.Mark(3));
  }

  @Test
  void whoMissedOrdersIsToldAllThatMakesUpForThem() {
    PodOrders later =
        ONE.with("two", loss(0.2)).with("one", loss(0.9)).without("two").with("three", loss(0.3));

    assertThat(later.since(ONE))
        .containsExactly(
            new PacketOrder.Renew(),
            new PacketOrder.Put("one", loss(0.9)),
            new PacketOrder.Put("three", loss(0.3)),
            new PacketOrder.Read(),
            new PacketOrder.Mark(6));
    assertThat(new PodOrders(7, new TreeMap<>()).since(later))
        .contains(new PacketOrder.Remove("one"), new PacketOrder.Remove("three"));
  }
}
