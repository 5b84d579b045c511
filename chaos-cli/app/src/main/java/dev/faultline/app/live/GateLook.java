package dev.faultline.app.live;

import dev.faultline.judge.Bound;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One gate as it reads now, and as it read before.
 *
 * @param name of the gate
 * @param bound what it must be
 * @param status how it stands
 * @param last the last reading; says why there is none before the first
 * @param past the newest readings, the last one at the end; empty where the gate was blind
 */
record GateLook(String name, Bound bound, Status status, String last, List<OptionalDouble> past) {

  /** More than the widest sparkline. */
  private static final int KEPT = 120;

  GateLook {
    past = List.copyOf(past);
  }

  static GateLook unread(String name, Bound bound) {
    return new GateLook(name, bound, Status.UNREAD, "not read", List.of());
  }

  GateLook on(Reading reading, Status now) {
    return switch (reading) {
      case Reading.Value number ->
          next(
              now,
              bound.limit().spellLike(number.value()),
              Double.isFinite(number.value())
                  ? OptionalDouble.of(number.value())
                  : OptionalDouble.empty());
      case Reading.Blind blind -> next(now, blind.reason().words(), OptionalDouble.empty());
    };
  }

  private GateLook next(Status now, String words, OptionalDouble value) {
    List<OptionalDouble> all = new ArrayList<>(past);
    all.add(value);
    int first = Math.max(0, all.size() - KEPT);
    return new GateLook(name, bound, now, words, all.subList(first, all.size()));
  }

  /** Whether it deserves to be seen before others. */
  boolean troubling() {
    return switch (status) {
      case OUTSIDE, BREACHED, BLIND -> true;
      case INSIDE, UNREAD -> false;
    };
  }
}
