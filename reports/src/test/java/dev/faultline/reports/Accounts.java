package dev.faultline.reports;

import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Gap;
import dev.faultline.model.world.LedgerAccount.Second;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the account of a ledger that never was; times are seconds since the start of the run. */
final class Accounts {

  static final double NEVER = -1;

  private final int writers;
  private final double end;
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Second> seconds = new ArrayList<>();
  private long overlapping;
  private Optional<Tally> tally = Optional.of(new Tally(18_000, 0, Duration.ZERO, 0, 0, 0));
  private String unread = "";

  Accounts(int writers, double end) {
    this.writers = writers;
    this.end = end;
  }

  private static Instant at(double seconds) {
    return Journal.BEGAN.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  private static Optional<Instant> moment(double seconds) {
    return seconds == NEVER ? Optional.empty() : Optional.of(at(seconds));
  }

  Accounts gap(int writer, double last, double failed, double next) {
    String error = failed == NEVER ? "" : "08006: connection to orders-db-1 reset";
    gaps.add(new Gap(writer, at(last), moment(failed), moment(next), error));
    return this;
  }

  /** Every writer is out, each back a little after the one before it. */
  Accounts out(double from, double back, double apart) {
    for (int writer = 0; writer < writers; writer++) {
      double last = from - 0.004 + writer % 4 * 0.001;
      gap(writer, last, last + 0.0005, back + (writer * 7 % writers) * apart);
    }
    return this;
  }

  Accounts rate(double from, double to, long acknowledged, long failed) {
    for (double second = from; second < to; second++) {
      long wave = Math.round(acknowledged * 0.03 * Math.sin(second));
      seconds.add(new Second(at(second), acknowledged + wave, failed));
    }
    return this;
  }

  Accounts tally(long lost, double age, long unknown, long duplicated, long reordered) {
    Duration oldest = Duration.ofMillis(Math.round(age * 1000));
    tally = Optional.of(new Tally(18_000, lost, oldest, unknown, duplicated, reordered));
    return this;
  }

  Accounts unread(String why) {
    tally = Optional.empty();
    unread = why;
    return this;
  }

  Accounts overlapping(long writes) {
    overlapping = writes;
    return this;
  }

  LedgerAccount account() {
    long acknowledged = seconds.stream().mapToLong(Second::acknowledged).sum();
    long failed = seconds.stream().mapToLong(Second::failed).sum();
    return new LedgerAccount(
        Orders.NAME,
        writers,
        at(2),
        at(end),
        acknowledged + failed,
        acknowledged,
        failed,
        overlapping,
        tally,
        unread,
        gaps,
        seconds);
  }
}
