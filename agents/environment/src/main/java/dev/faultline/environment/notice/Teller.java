package dev.faultline.environment.notice;

/** Tells one kind of listener. */
@FunctionalInterface
interface Teller {

  /**
   * Tells some news; nothing where this listener does not care for such.
   *
   * @throws Untold when it cannot be told
   */
  void tell(News news) throws Untold;
}
