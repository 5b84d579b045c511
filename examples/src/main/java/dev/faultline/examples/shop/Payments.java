package dev.faultline.examples.shop;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Charges each order once: a repeated order is recognised and answered as charged, which makes the
 * retries of orders safe. What it remembers ends with the process, which a real one would not
 * allow.
 */
record Payments(Metrics metrics, Duration work, Set<String> charged) implements Service {
  static final String PATH = "/charge";

  private static final int REMEMBERED = 10_000;

  static Payments from(Settings settings) throws BadSettingException {
    return new Payments(new Metrics("payments"), settings.millis("WORK_MS", 2), newestOrders());
  }

  @Override
  public Reply answer(Order order) throws InterruptedException {
    if (!charged.add(order.id())) {
      return new Reply(Reply.OK, "already charged");
    }
    Thread.sleep(work);
    return new Reply(Reply.OK, "charged");
  }

  private static Set<String> newestOrders() {
    Map<String, Boolean> newest =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
          }
        };
    return Collections.synchronizedSet(Collections.newSetFromMap(newest));
  }
}
