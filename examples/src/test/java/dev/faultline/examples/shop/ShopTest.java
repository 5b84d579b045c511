package dev.faultline.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShopTest {
  private static final String FALLBACKS_OF_ORDERS = "fallbacks_total{service=\"orders\"}";

  @TempDir private Path folder;
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    Map<String, String> settings = new HashMap<>(RunningShop.PATIENT);
    settings.put("CLOSED_FLAG", folder.resolve("closed").toString());
    shop = RunningShop.open(settings);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_checkout_is_ordered_and_paid_and_counted_by_every_service() throws Exception {
    String served = "http_requests_total{service=\"%s\",code=\"200\"}";
    for (String service : RunningShop.SERVICES) {
      assertThat(shop.metric(service, served.formatted(service))).isZero();
    }

    Await.until("a checkout is paid", () -> shop.checkout().body().equals("ordered and paid\n"));

    for (String service : RunningShop.SERVICES) {
      Await.until(
          service + " counted it", () -> shop.metric(service, served.formatted(service)) >= 1);
    }
    assertThat(shop.metric("gateway", "http_requests_total{service=\"gateway\",code=\"503\"}"))
        .isZero();
  }

  @Test
  void a_killed_payments_costs_no_error_and_is_used_again_after_its_restart() throws Exception {
    shop.kill("payments");

    for (int i = 0; i < 20; i++) {
      HttpResponse<String> response = shop.checkout();
      assertThat(response.statusCode()).as(response.body()).isEqualTo(Reply.ACCEPTED);
    }
    assertThat(shop.metric("orders", FALLBACKS_OF_ORDERS)).isPositive();
    assertThat(shop.metric("orders", "retries_total{service=\"orders\",upstream=\"payments\"}"))
        .isPositive();

    shop.start("payments");
    Await.until("payments is used again", () -> shop.checkout().statusCode() == Reply.OK);
  }

  @Test
  void without_inventory_nothing_is_sold() throws Exception {
    shop.kill("inventory");

    assertThat(shop.checkout().statusCode()).isEqualTo(Reply.UNAVAILABLE);
    assertThat(shop.metric("payments", "http_requests_total{service=\"payments\",code=\"200\"}"))
        .isZero();
  }

  @Test
  void while_stock_is_closed_orders_wait_and_nobody_is_charged() throws Exception {
    Files.createFile(folder.resolve("closed"));

    assertThat(shop.checkout().body()).isEqualTo("on the waiting list until stock opens\n");
    assertThat(shop.metric("payments", "http_requests_total{service=\"payments\",code=\"200\"}"))
        .isZero();

    Files.delete(folder.resolve("closed"));
    Await.until("stock is open again", () -> shop.checkout().statusCode() == Reply.OK);
  }

  @Test
  void a_beta_user_is_told_apart_by_every_service() throws Exception {
    Await.until("a checkout is paid", () -> shop.checkoutAs(Order.BETA).statusCode() == Reply.OK);

    for (String service : RunningShop.SERVICES) {
      String beta =
          "requests_by_user_total{service=\"%s\",user=\"beta\",result=\"answered\"}"
              .formatted(service);
      Await.until(service + " counted it", () -> shop.metric(service, beta) >= 1);
    }
  }

  @Test
  void connections_beyond_the_bound_are_closed_and_the_shop_lives_on() throws Exception {
    List<Socket> crowd = new ArrayList<>();
    try {
      int closed = 0;
      for (int i = 0; i < 1100; i++) {
        Socket one = shop.connect("gateway");
        crowd.add(one);
        closed += answersHealth(one) ? 0 : 1;
      }
      assertThat(closed).isBetween(100, 110); // the test's own client holds some
    } finally {
      for (Socket one : crowd) {
        one.close();
      }
    }
    Await.until("a checkout is paid", () -> shop.checkout().statusCode() == Reply.OK);
  }

  private static boolean answersHealth(Socket socket) {
    try {
      socket
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() >= 0;
    } catch (IOException reset) {
      return false;
    }
  }

  @Test
  void health_speaks_for_the_service_alone() throws Exception {
    shop.kill("orders");

    assertThat(shop.get("gateway", "/health").statusCode()).isEqualTo(200);
    assertThat(shop.checkout().statusCode()).isEqualTo(Reply.ACCEPTED);
  }

  @Test
  void sigterm_ends_a_service() throws Exception {
    shop.signal("gateway", "TERM");

    Await.until("the gateway has ended", () -> !shop.process("gateway").isAlive());
    assertThat(shop.process("gateway").exitValue()).isEqualTo(143);
  }
}
