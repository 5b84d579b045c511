package dev.faultline.examples.shop;

import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What an order book in a database counts; and says, when that changes, whether it can write. */
final class BookMetrics {
  private final Counter.Child stored;
  private final Counter.Child notStored;
  private final Counter.Child failures;
  private final Histogram.Child wait;
  private final AtomicBoolean away = new AtomicBoolean();

  BookMetrics(Metrics metrics) {
    stored = metrics.counter("orders_stored_total", "Orders that are in the database.");
    notStored = metrics.counter("orders_not_stored_total", "Orders refused: not stored in time.");
    failures =
        metrics.counter("database_failures_total", "Attempts to store an order that failed.");
    wait = metrics.times("database_pool_wait_seconds", "Wait for a connection.");
  }

  void waited(long nanos) {
    wait.observe(nanos / 1e9);
  }

  void stored() {
    stored.inc();
    if (away.compareAndSet(true, false)) {
      System.err.println("orders: stored again");
    }
  }

  void notStored() {
    notStored.inc();
  }

  void failed(SQLException e) {
    failures.inc();
    if (away.compareAndSet(false, true)) {
      System.err.println("orders: not stored: " + e.getMessage());
    }
  }
}
