package dev.faultline.examples.shop;

/**
 * The front door. When orders is silent (frozen, crashed, overloaded) the customer is told
 * "accepted for later" (202) instead of an error; a real shop would put the order in a queue here,
 * this one counts it. An error that orders <em>answers</em> is passed on: it knows better.
 *
 * <p>The wait for orders (600 ms) is longer than all that orders itself may wait for (400 + 150
 * ms), so that a slow payment is answered by orders, which knows what to do, and not cut off here.
 */
record Gateway(Metrics metrics, Upstream orders) implements Service {
  static final String PATH = "/checkout";

  static Gateway from(Settings settings) throws BadSettingException {
    Metrics metrics = new Metrics("gateway", "orders");
    var orElse = new Upstream.Default(8081, Orders.PATH, 600, 600);
    return new Gateway(metrics, Upstream.from(settings, "orders", orElse, metrics));
  }

  @Override
  public Reply answer(Order order) throws InterruptedException {
    return orders.call(order).orElseGet(this::acceptedForLater);
  }

  private Reply acceptedForLater() {
    metrics.fellBack();
    return new Reply(Reply.ACCEPTED, "order accepted for later");
  }
}
