package dev.faultline.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.node.packet.Direction;
import dev.faultline.node.packet.Ends;
import dev.faultline.node.packet.PacketEffect.Loss;
import dev.faultline.node.packet.PacketFault;
import dev.faultline.node.packet.Protocol;
import dev.faultline.node.packet.Selection;
import dev.faultline.node.packet.text.PacketOrder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what is newer than all that was seen is news. */
class OrdersFileTest {

  private static final PacketFault FAULT =
      PacketFault.of(Selection.of(Protocol.UDP, Ends.local(53), Direction.IN), new Loss(1));
  private static final PodOrders SECOND = PodOrders.first().with("one", FAULT);
  private static final PodOrders THIRD = SECOND.without("one");

  @TempDir private Path folder;
  private Path file;
  private OrdersFile orders;
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  @BeforeEach
  void aFileThatIsNotThereYet() {
    file = folder.resolve("orders");
    orders = new OrdersFile(file, new PrintStream(complaints, true, StandardCharsets.UTF_8));
  }

  @Test
  void whatStandsThereIsNewsOnce() throws Exception {
    assertThat(orders.news()).isEmpty();
    Files.writeString(file, PodOrders.first().text());
    assertThat(orders.news()).isEmpty();
    Files.writeString(file, SECOND.text());

    assertThat(orders.news()).contains(new PacketOrder.Put("one", FAULT));
    assertThat(orders.news()).isEmpty();
  }

  @Test
  void ordersThatComeLateBehindTheirUndoAreNoNews() throws Exception {
    Files.writeString(file, THIRD.text());
    assertThat(orders.news()).isNotEmpty();

    Files.writeString(file, SECOND.text());

    assertThat(orders.news()).isEmpty();
  }

  @Test
  void rubbishIsToldOnceAndRenewsNothing() throws Exception {
    Files.writeString(file, "faultline-orders 9\n");

    assertThat(orders.news()).isEmpty();
    assertThat(orders.news()).isEmpty();
    assertThat(complaints.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith("refused ");

    Files.writeString(file, SECOND.text());
    assertThat(orders.news()).isNotEmpty();
  }
}
