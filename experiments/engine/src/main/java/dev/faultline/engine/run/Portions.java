package dev.faultline.engine.run;

import java.util.ArrayList;
import java.util.List;

/** Many things in parts: requests to an API server need not wait, and are not to be too many. */
final class Portions {

  /** So many at once. */
  static final int MOST = 50;

  private Portions() {}

  /** All of them in their order, in parts of {@link #MOST}, but for the last. */
  static <T> List<List<T>> of(List<T> all) {
    List<List<T>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST) {
      portions.add(all.subList(from, Math.min(all.size(), from + MOST)));
    }
    return portions;
  }
}
