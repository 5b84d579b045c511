package dev.faultline.examples.shop;

import java.util.concurrent.Semaphore;

/**
 * The front door. When orders is silent (frozen, crashed, overloaded) the customer is told
 * "accepted for later" (202) instead of an error; a real shop would put the order in a queue here,
 * this one counts it. An error that orders <em>answers</em> is passed on: it knows better.
 *
 * <p>The wait for orders (600 ms) is longer than all that orders itself may wait for (400 + 150
 * ms), so that a slow payment is answered by orders, which knows what to do, and not cut off here.
 *
 * <p>No more orders are under way at once than {@code room} has place for; who comes then is told
 * "accepted for later" too, and at once. Without that bound more customers than the machine can
 * serve wait for each other until all of them wait too long.
 */
record Gateway(Metrics metrics, Upstream orders, Semaphore room) implements Service {
  static final String PATH = "/checkout";

  // A machine that does 500 orders per second then keeps nobody waiting for more than 400 ms.
  private static final int ROOM = 200;

  static Gateway from(Settings settings) throws BadSettingException {
    Metrics metrics = new Metrics("gateway", "orders");
    var orElse = new Upstream.Default(8081, Orders.PATH, 600, 600);
    return new Gateway(
        metrics, Upstream.from(settings, "orders", orElse, metrics), new Semaphore(ROOM));
  }

  @Override
  public Reply answer(Order order) throws InterruptedException {
    if (!room.tryAcquire()) {
      return acceptedForLater();
    }
    try {
      return orders.call(order).orElseGet(this::acceptedForLater);
    } finally {
      room.release();
    }
  }

  private Reply acceptedForLater() {
    metrics.fellBack();
    return new Reply(Reply.ACCEPTED, "order accepted for later");
  }
}
