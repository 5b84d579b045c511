package dev.faultline.node.pod;

import dev.faultline.node.packet.text.PacketOrder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Follows the file that the kubelet writes when the controller has changed the orders, and says
 * what is new as lines of orders.
 *
 * <p>A file that is not there, cannot be read or has no orders is no news: whoever does not renew
 * the lease by it has the agent end.
 */
final class OrdersFile {

  private static final Duration BETWEEN = Duration.ofMillis(20);

  private final Path file;
  private final PrintStream complaints;
  private PodOrders last = PodOrders.first();
  private String seen = "";

  /**
   * Nothing was said yet.
   *
   * @param complaints hears of a text that has no orders
   */
  OrdersFile(Path file, PrintStream complaints) {
    this.file = file;
    this.complaints = complaints;
  }

  /** Says what is new, and goes on until nobody listens any more. */
  void follow(Writer to) throws IOException, InterruptedException {
    while (true) {
      List<PacketOrder> news = news();
      for (PacketOrder order : news) {
        to.write(order.text() + "\n");
      }
      if (!news.isEmpty()) {
        to.flush();
      }
      Thread.sleep(BETWEEN);
    }
  }

  /** What is new since the last look. */
  List<PacketOrder> news() {
    try {
      String text = Files.readString(file);
      if (text.equals(seen)) {
        return List.of();
      }
      seen = text;
      PodOrders now = PodOrders.parse(text);
      if (now.revision() <= last.revision()) {
        return List.of();
      }
      List<PacketOrder> orders = now.since(last);
      last = now;
      return orders;
    } catch (IOException none) {
      return List.of();
    } catch (IllegalArgumentException rubbish) {
      complaints.println(
          "refused " + String.valueOf(rubbish.getMessage()).replaceAll("\\p{Cntrl}", "?"));
      return List.of();
    }
  }
}
