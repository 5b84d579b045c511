package dev.faultline.examples.shop;

import dev.faultline.examples.shop.OrderBook.Standing;
import java.util.Optional;

/**
 * Reserves the goods, writes the order down, then charges for it.
 *
 * <ul>
 *   <li>Payments is a soft need: without it the order stands and is paid later (202). Retries ride
 *       out a lost connection; a crash that lasts for seconds is ridden out by the fallback,
 *       because waiting for it would hold every customer up.
 *   <li>Inventory is a hard need: without knowing the stock nothing is sold (503). But "closed" is
 *       an answer: the order is put on a list (202), and nobody is charged yet. With {@code
 *       UNKNOWN_STOCK=accept} silence is treated alike: a shop that can restock may sell unseen.
 *   <li>The book is a hard need too, where there is one: an order stands only when it is in there
 *       (else 503), and nobody is charged for one that may be lost.
 * </ul>
 */
record Orders(
    Metrics metrics, Upstream inventory, boolean trusting, OrderBook book, Upstream payments)
    implements Service {
  static final String PATH = "/order";

  static Orders from(Settings settings) throws BadSettingException {
    Metrics metrics = new Metrics("orders", "inventory", "payments");
    var inventory = new Upstream.Default(8082, Inventory.PATH, 250, 400);
    var payments = new Upstream.Default(8083, Payments.PATH, 100, 150);
    return new Orders(
        metrics,
        Upstream.from(settings, "inventory", inventory, metrics),
        settings.choice("UNKNOWN_STOCK", "refuse", "accept").equals("accept"),
        OrderBook.from(settings, metrics),
        Upstream.from(settings, "payments", payments, metrics));
  }

  @Override
  public Reply answer(Order order) throws InterruptedException {
    Optional<Reply> stock = inventory.call(order);
    return switch (stock.map(Reply::code).orElse(Reply.UNAVAILABLE)) {
      case Reply.OK -> book.enter(order.id(), Standing.ORDERED) ? charge(order) : notStored();
      case Reply.CLOSED ->
          book.enter(order.id(), Standing.WAITING)
              ? fallBack("on the waiting list until stock opens")
              : notStored();
      default ->
          trusting && stock.isEmpty()
              ? reserveLater(order)
              : new Reply(Reply.UNAVAILABLE, "stock unknown");
    };
  }

  private Reply reserveLater(Order order) throws InterruptedException {
    return book.enter(order.id(), Standing.WAITING)
        ? fallBack("ordered, goods to be reserved later")
        : notStored();
  }

  private Reply charge(Order order) throws InterruptedException {
    boolean paid = payments.call(order).filter(reply -> reply.code() == Reply.OK).isPresent();
    return paid ? new Reply(Reply.OK, "ordered and paid") : fallBack("ordered, payment pending");
  }

  private static Reply notStored() {
    return new Reply(Reply.UNAVAILABLE, "order not stored");
  }

  private Reply fallBack(String text) {
    metrics.fellBack();
    return new Reply(Reply.ACCEPTED, text);
  }
}
