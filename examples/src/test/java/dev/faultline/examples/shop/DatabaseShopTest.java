package dev.faultline.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Orders that are kept in a real PostgreSQL. */
@Isolated("how soon a customer is answered is asserted")
final class DatabaseShopTest {
  private static final String ORDERS = "select count(*) from orders";
  private static final String STORED = "orders_stored_total{service=\"orders\"}";
  private static final String NOT_STORED = "orders_not_stored_total{service=\"orders\"}";
  private static final String CHARGED = "http_requests_total{service=\"payments\",code=\"200\"}";

  /** More than there are connections. */
  private static final int CUSTOMERS = 16;

  /** The deadline of 700 ms, and what a busy machine adds to it. */
  private static final Duration BOUND = Duration.ofSeconds(3);

  @TempDir private Path folder;
  private RealPostgres postgres;
  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    postgres = RealPostgres.in(folder);
    Map<String, String> settings = new HashMap<>(RunningShop.PATIENT);
    settings.putAll(postgres.settings());
    shop = RunningShop.open(settings);
  }

  @AfterEach
  void close() {
    shop.close();
    postgres.close();
  }

  @Test
  void orders_starts_without_its_database_and_finds_it_by_itself() throws Exception {
    assertRefusedInTime();
    assertThat(shop.get("orders", "/health").statusCode()).isEqualTo(Reply.OK);
    assertThat(shop.metric("orders", STORED)).isZero();

    postgres.start();

    awaitStored();
    assertThat(postgres.number(ORDERS)).isEqualTo((long) shop.metric("orders", STORED));
  }

  @Test
  void an_order_that_comes_twice_is_kept_once() throws Exception {
    postgres.start();
    awaitStored();
    long before = postgres.number(ORDERS);

    for (int i = 0; i < 2; i++) {
      assertThat(shop.order("order-7").statusCode()).isEqualTo(Reply.OK);
    }

    assertThat(postgres.number(ORDERS)).isEqualTo(before + 1);
    assertThat(postgres.number("select count(*) from orders where id = 'order-7'")).isOne();
  }

  @Test
  void a_crash_costs_no_order_that_was_acknowledged() throws Exception {
    postgres.start();
    awaitStored();
    int acknowledged = 0;
    for (int i = 0; i < 23; i++) {
      if (i == 20) {
        postgres.kill();
      }
      acknowledged += shop.order("crash-" + i).statusCode() == Reply.OK ? 1 : 0;
    }
    assertThat(acknowledged).isEqualTo(20);

    postgres.start();

    awaitStored();
    assertThat(postgres.number("select count(*) from orders where id like 'crash-%'"))
        .isEqualTo(20);
  }

  @Tag("slow")
  @Test
  void after_a_long_outage_orders_is_back_as_soon_as_its_database() throws Exception {
    postgres.start();
    awaitStored();
    postgres.kill();
    long end = System.nanoTime() + Duration.ofSeconds(7).toNanos();
    while (System.nanoTime() < end) {
      assertRefusedInTime();
    }

    postgres.start();

    long back = System.nanoTime();
    awaitStored();
    assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofMillis(1500));
  }

  @Test
  void a_database_that_hangs_is_waited_for_until_the_deadline_only() throws Exception {
    postgres.start();
    awaitStored();
    double charged = shop.metric("payments", CHARGED);
    double refused = shop.metric("orders", NOT_STORED);

    postgres.freeze();

    try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> customer = this::assertRefusedInTime;
      for (Future<Boolean> end : customers.invokeAll(Collections.nCopies(CUSTOMERS, customer))) {
        assertThat(end.get()).isTrue();
      }
    }
    assertThat(shop.metric("orders", NOT_STORED)).isEqualTo(refused + CUSTOMERS);
    assertThat(shop.metric("payments", CHARGED)).as("charged for nothing").isEqualTo(charged);

    postgres.thaw();
    awaitStored();
  }

  @Test
  void a_connection_that_may_only_read_is_not_used_again() throws Exception {
    postgres.start();
    awaitStored();
    String now = "select cast(ceil(extract(epoch from clock_timestamp())) as bigint)";
    String old =
        "select count(*) from pg_stat_activity where application_name = 'shop'"
            + " and backend_start <= to_timestamp(%d)".formatted(postgres.number(now));
    assertThat(postgres.number(old)).isPositive();

    postgres.execute("alter system set default_transaction_read_only = on");
    postgres.execute("select pg_reload_conf()");

    Await.until(
        "no old connection is left",
        () -> shop.order("refused").statusCode() == 503 && postgres.number(old) == 0);

    postgres.execute("alter system reset default_transaction_read_only");
    postgres.execute("select pg_reload_conf()");
    awaitStored();
  }

  private void awaitStored() {
    Await.until("an order is stored", () -> shop.checkout().statusCode() == Reply.OK);
  }

  private boolean assertRefusedInTime() throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> response = shop.checkout();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    assertThat(response.body()).isEqualTo("order not stored\n");
    assertThat(response.statusCode()).isEqualTo(Reply.UNAVAILABLE);
    return true;
  }
}
