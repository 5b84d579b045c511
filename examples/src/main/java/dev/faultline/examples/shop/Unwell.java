package dev.faultline.examples.shop;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A service as a bad release would have it: late with each answer, and with 500 for some.
 *
 * @param failPercent how many of a hundred orders get 500, from 0 to 100
 * @param delay how much later each answer comes
 */
record Unwell(Service service, int failPercent, Duration delay) implements Service {

  static Service from(Settings settings, Service service) throws BadSettingException {
    int failPercent = settings.times("FAIL_PERCENT", 100);
    Duration delay = Duration.ofMillis(settings.times("DELAY_MS", 60_000));
    return failPercent == 0 && delay.isZero() ? service : new Unwell(service, failPercent, delay);
  }

  @Override
  public Reply answer(Order order) throws InterruptedException {
    Thread.sleep(delay);
    return ThreadLocalRandom.current().nextInt(100) < failPercent
        ? new Reply(Reply.BROKEN, "broken release")
        : service.answer(order);
  }

  @Override
  public Metrics metrics() {
    return service.metrics();
  }
}
