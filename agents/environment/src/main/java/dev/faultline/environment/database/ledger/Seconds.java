package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.LedgerAccount.Second;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Acknowledgements and failures by second since the beginning. Not thread-safe. */
final class Seconds {

  private static final long NANOS = 1_000_000_000;

  private int[] acknowledged = new int[64];
  private int[] failed = new int[64];

  void acknowledged(long now) {
    int second = index(now);
    acknowledged[second]++;
  }

  void failed(long now) {
    int second = index(now);
    failed[second]++;
  }

  /** The place of a second, for which room is made first. */
  private int index(long now) {
    int second = Math.toIntExact(now / NANOS);
    if (second >= acknowledged.length) {
      int length = Math.max(second + 1, acknowledged.length * 2);
      acknowledged = Arrays.copyOf(acknowledged, length);
      failed = Arrays.copyOf(failed, length);
    }
    return second;
  }

  /** The seconds that are over, oldest first. */
  List<Second> list(Instant began, long now) {
    int present = index(now);
    List<Second> seconds = new ArrayList<>(present);
    for (int i = 0; i < present; i++) {
      seconds.add(new Second(began.plusSeconds(i), acknowledged[i], failed[i]));
    }
    return seconds;
  }
}
