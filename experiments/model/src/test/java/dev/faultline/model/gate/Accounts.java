package dev.faultline.model.gate;

import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.LedgerAccount.Second;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts of a ledger, made up. */
final class Accounts {

  static final Instant BEGAN = Instant.EPOCH;

  private Accounts() {}

  static LedgerAccount healthy() {
    return account(Optional.of(new Tally(100, 0, Duration.ZERO, 0, 0, 0)), List.of());
  }

  static LedgerAccount account(Optional<Tally> tally, List<Gap> gaps) {
    return new LedgerAccount(
        "db",
        2,
        BEGAN,
        BEGAN.plusSeconds(30),
        110,
        100,
        4,
        3,
        tally,
        tally.isPresent() ? "" : "connection refused",
        gaps,
        List.of(
            new Second(BEGAN, 1000, 0),
            new Second(BEGAN.plusSeconds(1), 10, 0),
            new Second(BEGAN.plusSeconds(2), 20, 0),
            new Second(BEGAN.plusSeconds(3), 0, 4),
            new Second(BEGAN.plusSeconds(4), 20, 0),
            new Second(BEGAN.plusSeconds(5), 50, 0)));
  }
}
