package dev.faultline.examples.shop;

/** Where an order is written down before its customer hears that it stands. */
interface OrderBook {

  /** How an order stands. */
  enum Standing {
    ORDERED,
    /** Until stock opens. */
    WAITING
  }

  /**
   * Whether the order is in the book for certain. False says only that nobody knows: the answer of
   * the book may have been lost. An order that comes twice is in the book once.
   */
  boolean enter(String order, Standing standing) throws InterruptedException;

  /** The database that {@code DATABASE_URL} names; without one, orders are not kept. */
  static OrderBook from(Settings settings, Metrics metrics) throws BadSettingException {
    return settings.text("DATABASE_URL").isEmpty()
        ? (order, standing) -> true
        : DatabaseOrderBook.from(settings, metrics);
  }
}
