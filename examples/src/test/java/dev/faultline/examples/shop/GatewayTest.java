package dev.faultline.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

final class GatewayTest {

  @Test
  void without_room_an_order_is_accepted_for_later_and_orders_not_called() throws Exception {
    Gateway open = Gateway.from(new Settings(Map.of()));
    Gateway full = new Gateway(open.metrics(), open.orders(), new Semaphore(0));

    assertThat(full.answer(new Order("1", Order.STANDARD)))
        .isEqualTo(new Reply(Reply.ACCEPTED, "order accepted for later"));
    assertThat(full.metrics().text())
        .contains("fallbacks_total{service=\"gateway\",} 1.0")
        .contains("outcome=\"timeout\",} 0.0", "outcome=\"lost\",} 0.0");
  }
}
