package dev.faultline.gameday.shared;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Says who is dead: whose beat has not risen for a while, by the clock of whoever looks, who looked
 * on all that time. Clocks of others and of the database have no say. Not thread-safe.
 */
final class Vigil {

  private record Seen(long beat, long sinceNanos, int again) {
    Seen onceMore() {
      return new Seen(beat, sinceNanos, again + 1);
    }
  }

  /** Whoever was stopped himself for a while looks so often before he says anything. */
  private static final int LOOKS = 3;

  private final long patience;
  private final Map<String, Seen> seen = new HashMap<>();

  Vigil(Duration patience) {
    this.patience = patience.toNanos();
  }

  /**
   * Looks at the beats of all others.
   *
   * @param nanoTime of a clock that is never set
   * @param beats of all there are
   * @return those that are dead
   */
  Set<String> look(long nanoTime, Map<String, Long> beats) {
    seen.keySet().retainAll(beats.keySet());
    Set<String> dead = new HashSet<>();
    beats.forEach(
        (id, beat) -> {
          Seen before = seen.get(id);
          if (before == null || before.beat() != beat) {
            seen.put(id, new Seen(beat, nanoTime, 0));
            return;
          }
          Seen now = before.onceMore();
          seen.put(id, now);
          if (now.again() >= LOOKS && nanoTime - now.sinceNanos() > patience) {
            dead.add(id);
          }
        });
    return dead;
  }

  /** Nobody could look for a while: none of them could be seen, dead or not. */
  void forget() {
    seen.clear();
  }
}
