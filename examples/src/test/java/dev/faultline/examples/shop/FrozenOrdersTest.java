package dev.faultline.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** With the timeouts that the shop ships with, since they are what holds here. */
@Isolated("how soon a customer is answered is asserted")
final class FrozenOrdersTest {
  private static final Duration BOUND = Duration.ofSeconds(3);
  private static final String SKIPPED =
      "upstream_calls_total{service=\"gateway\",upstream=\"orders\",outcome=\"skipped\"}";
  private static final String FALLBACKS = "fallbacks_total{service=\"gateway\"}";

  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.open(Map.of());
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void the_timeout_bounds_the_wait_until_the_breaker_ends_it() throws Exception {
    shop.signal("orders", "STOP");

    Await.until("the breaker is open", this::acceptedForLaterAndBreakerOpen);
    assertThat(shop.metric("gateway", FALLBACKS)).isPositive();

    shop.signal("orders", "CONT");
    Await.until("orders is used again", () -> shop.checkout().statusCode() == Reply.OK);
  }

  private boolean acceptedForLaterAndBreakerOpen() throws Exception {
    long start = System.nanoTime();
    assertThat(shop.checkout().body()).isEqualTo("order accepted for later\n");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    return shop.metric("gateway", SKIPPED) > 0;
  }
}
