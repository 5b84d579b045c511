package dev.faultline.gameday.daemon;

import dev.faultline.gameday.course.Book;

/** Who hears what a check-in with other schedulers has shown. From any thread. */
public interface Hearer {

  /** All game days are to be looked at again. */
  void look();

  /** Somebody else looks after an occasion no more. */
  void orphaned(Book.Orphan orphan);

  /** Others took this one for dead: what is on is to withdraw its faults. */
  void disowned();
}
