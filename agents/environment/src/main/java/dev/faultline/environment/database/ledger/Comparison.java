package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * What was written against what is there. A function of its parts: it reads no clock and no
 * database.
 *
 * @param before the writers' numbers, taken before the reading began: what was acknowledged then
 *     must be there
 * @param after the same, taken after the reading ended: what is there must have been sent by then
 * @param failures the milliseconds from the beginning in which a write that failed was sent
 * @param ended milliseconds from the beginning until the reading ended
 */
record Comparison(List<Numbers.View> before, List<Numbers.View> after, BitSet failures, int ended) {

  /**
   * Compares. A write that is under way when the reading ends is neither lost nor unknown.
   *
   * @throws ImpossibleRow when a row is there that was never sent
   */
  Tally with(Found found) throws ImpossibleRow {
    long lost = 0;
    long unknown = 0;
    int oldest = 0;
    for (int writer = 0; writer < before.size(); writer++) {
      BitSet present = found.present(writer);
      Numbers.View sent = after.get(writer);
      if (present.length() > sent.attempted()) {
        throw new ImpossibleRow(writer, present.length() - 1L);
      }
      Lost missing = lost(before.get(writer), present);
      lost += missing.count();
      oldest = Math.max(oldest, missing.oldest());
      unknown += unknown(sent, present);
    }
    return new Tally(
        found.rows(),
        lost,
        Duration.ofMillis(oldest),
        unknown,
        found.duplicated(),
        found.reordered());
  }

  private record Lost(long count, int oldest) {}

  private Lost lost(Numbers.View numbers, BitSet present) {
    long count = 0;
    int oldest = 0;
    for (int n = present.nextClearBit(0); n < numbers.settled(); n = present.nextClearBit(n + 1)) {
      if (numbers.acknowledged(n)) {
        count++;
        oldest = Math.max(oldest, age(numbers.acknowledgedAt(n)));
      }
    }
    return new Lost(count, oldest);
  }

  /** From an acknowledgement until the first write after it that failed; until now without one. */
  private int age(int acknowledged) {
    int failed = failures.nextSetBit(acknowledged);
    return (failed < 0 ? Math.max(ended, acknowledged) : failed) - acknowledged;
  }

  private static long unknown(Numbers.View numbers, BitSet present) {
    long count = 0;
    for (int n = 0; n < numbers.attempted(); n++) {
      if (numbers.failed(n) && present.get(n)) {
        count++;
      }
    }
    return count;
  }
}
