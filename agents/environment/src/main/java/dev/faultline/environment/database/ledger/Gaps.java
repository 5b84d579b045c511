package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.LedgerAccount.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The times in which a writer got no acknowledgement; the longest of those that ended, and all that
 * last. Times are nanoseconds since the beginning. Not thread-safe.
 */
final class Gaps {

  private static final int KEPT = 300;
  private static final long NEVER = -1;
  private static final long NOTABLE = 1_000_000_000;

  private final Instant began;
  private final long notable;
  private final long[] lastAcknowledged;
  private final long[] firstFailed;
  private final String[] errors;
  private final PriorityQueue<Gap> ended = new PriorityQueue<>(Comparator.comparing(Gaps::length));

  /**
   * No gap so far.
   *
   * @param pace the time between two writes of a writer
   */
  Gaps(int writers, Instant began, Duration pace) {
    this.began = began;
    this.notable = NOTABLE + pace.toNanos();
    this.lastAcknowledged = new long[writers];
    this.firstFailed = new long[writers];
    this.errors = new String[writers];
    Arrays.fill(firstFailed, NEVER);
    Arrays.fill(errors, "");
  }

  void failed(int writer, long sent, String error) {
    if (firstFailed[writer] == NEVER) {
      firstFailed[writer] = sent;
      errors[writer] = error;
    }
  }

  void acknowledged(int writer, long now) {
    if (isGap(writer, now)) {
      ended.add(gap(writer, Optional.of(at(now))));
      if (ended.size() > KEPT) {
        ended.poll();
      }
    }
    lastAcknowledged[writer] = now;
    firstFailed[writer] = NEVER;
    errors[writer] = "";
  }

  /** In the order in which they began. */
  List<Gap> list(long now) {
    List<Gap> all = new ArrayList<>(ended);
    for (int writer = 0; writer < errors.length; writer++) {
      if (isGap(writer, now)) {
        all.add(gap(writer, Optional.empty()));
      }
    }
    all.sort(Comparator.comparing(Gap::lastAcknowledged).thenComparingInt(Gap::writer));
    return all;
  }

  private boolean isGap(int writer, long now) {
    return firstFailed[writer] != NEVER || now - lastAcknowledged[writer] > notable;
  }

  private Gap gap(int writer, Optional<Instant> end) {
    return new Gap(
        writer,
        at(lastAcknowledged[writer]),
        firstFailed[writer] == NEVER ? Optional.empty() : Optional.of(at(firstFailed[writer])),
        end,
        errors[writer]);
  }

  private static Duration length(Gap ended) {
    return ended.length(ended.lastAcknowledged());
  }

  private Instant at(long nanos) {
    return began.plusNanos(nanos);
  }
}
