package dev.faultline.examples.shop;

import java.util.Optional;

/**
 * Reserves the goods, then charges for them.
 *
 * <ul>
 *   <li>Payments is a soft need: without it the order stands and is paid later (202). Retries ride
 *       out a lost connection; a crash that lasts for seconds is ridden out by the fallback,
 *       because waiting for it would hold every customer up.
 *   <li>Inventory is a hard need: without knowing the stock nothing is sold (503). But "closed" is
 *       an answer: the order is put on a list (202), and nobody is charged yet.
 * </ul>
 */
record Orders(Metrics metrics, Upstream inventory, Upstream payments) implements Service {
  static final String PATH = "/order";

  static Orders from(Settings settings) throws BadSettingException {
    Metrics metrics = new Metrics("orders", "inventory", "payments");
    var inventory = new Upstream.Default(8082, Inventory.PATH, 250, 400);
    var payments = new Upstream.Default(8083, Payments.PATH, 100, 150);
    return new Orders(
        metrics,
        Upstream.from(settings, "inventory", inventory, metrics),
        Upstream.from(settings, "payments", payments, metrics));
  }

  @Override
  public Reply answer(String order) throws InterruptedException {
    Optional<Reply> stock = inventory.call(order);
    return switch (stock.map(Reply::code).orElse(Reply.UNAVAILABLE)) {
      case Reply.OK -> charge(order);
      case Reply.CLOSED -> fallBack("on the waiting list until stock opens");
      default -> new Reply(Reply.UNAVAILABLE, "stock unknown");
    };
  }

  private Reply charge(String order) throws InterruptedException {
    boolean paid = payments.call(order).filter(reply -> reply.code() == Reply.OK).isPresent();
    return paid ? new Reply(Reply.OK, "ordered and paid") : fallBack("ordered, payment pending");
  }

  private Reply fallBack(String text) {
    metrics.fellBack();
    return new Reply(Reply.ACCEPTED, text);
  }
}
