package dev.faultline.examples.shop;

/**
 * What one service does with an order; the rest (HTTP, counting, health) is the {@link Server}'s.
 */
interface Service {

  /**
   * Answers for one order. The same order may come twice: a caller that saw no answer asks again.
   */
  Reply answer(Order order) throws InterruptedException;

  Metrics metrics();
}
