package dev.faultline.reports.comparison;

import dev.faultline.model.summary.Outage;
import dev.faultline.model.summary.Outage.Part;
import dev.faultline.model.summary.Outage.Wait;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FailoverFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Outage and loss. A time is known to the distance of two writes of one writer. */
final class FailoverRows {

  private static final String OUTAGE = "outage";

  private final Facts first;
  private final Facts second;
  private final List<Row> rows = new ArrayList<>();

  private FailoverRows(Facts first, Facts second) {
    this.first = first;
    this.second = second;
  }

  static List<Row> of(Facts first, Facts second) {
    FailoverRows rows = new FailoverRows(first, second);
    rows.outage();
    rows.writes();
    return rows.rows;
  }

  private void outage() {
    rows.add(Row.less(OUTAGE, "RTO", recovery(first), recovery(second)));
    for (Part part : Part.values()) {
      String name = part.name().toLowerCase(Locale.ROOT);
      rows.add(Row.less(OUTAGE, name, wait(first, part), wait(second, part)));
    }
    rows.add(
        Row.less(
            OUTAGE,
            "slowest writer",
            atLeast(first, Outage::slowest),
            atLeast(second, Outage::slowest)));
  }

  // A ledger without an outage was out for no time, which is a figure; one without a ledger is not.
  private static Optional<Measured> recovery(Facts facts) {
    boolean kept = facts.run().ledger().isPresent();
    return kept && facts.run().figures().outage().isEmpty()
        ? Optional.of(Measured.time(Duration.ZERO, distance(facts)))
        : atLeast(facts, Outage::recoveryTime);
  }

  /** An outage that did not end before the run did took at least so long. */
  private static Optional<Measured> atLeast(
      Facts facts, Function<Outage, Optional<Duration>> figure) {
    return time(facts, figure)
        .or(
            () ->
                facts
                    .failover()
                    .flatMap(FailoverFacts::outage)
                    .map(found -> Measured.over(found.end().minus(found.outage().firstFailed()))));
  }

  private static Optional<Measured> time(Facts facts, Function<Outage, Optional<Duration>> figure) {
    return facts
        .run()
        .figures()
        .outage()
        .flatMap(figure)
        .map(time -> Measured.time(time, distance(facts)));
  }

  private static Optional<Measured> wait(Facts facts, Part part) {
    return time(
        facts,
        outage ->
            outage.waits().stream()
                .filter(wait -> wait.part() == part)
                .findFirst()
                .map(Wait::length));
  }

  private static Duration distance(Facts facts) {
    return facts
        .failover()
        .flatMap(FailoverFacts::writers)
        .map(asked -> Duration.ofNanos(Math.round(asked.writerCount() / asked.perSecond() * 1e9)))
        .orElse(Duration.ZERO);
  }

  private void writes() {
    rows.add(Row.less(Row.WRITES, "lost", tally(first, Tally::lost), tally(second, Tally::lost)));
    rows.add(Row.less(Row.WRITES, "oldest lost", age(first), age(second)));
    rows.add(Row.less(Row.WRITES, "overlapping", overlapping(first), overlapping(second)));
    rows.add(
        Row.less(
            Row.WRITES,
            "duplicated",
            tally(first, Tally::duplicated),
            tally(second, Tally::duplicated)));
    rows.add(
        Row.less(
            Row.WRITES,
            "reordered",
            tally(first, Tally::reordered),
            tally(second, Tally::reordered)));
    rows.add(Row.less(Row.WRITES, "unknown", unknown(first), unknown(second)));
  }

  private static Optional<Measured> tally(Facts facts, Function<Tally, Long> figure) {
    return facts
        .run()
        .ledger()
        .flatMap(LedgerAccount::tally)
        .map(tally -> Measured.count(figure.apply(tally)));
  }

  private static Optional<Measured> age(Facts facts) {
    return facts
        .run()
        .ledger()
        .flatMap(LedgerAccount::tally)
        .map(tally -> Measured.time(tally.oldestLost(), distance(facts)));
  }

  private static Optional<Measured> overlapping(Facts facts) {
    return facts.run().ledger().map(account -> Measured.count(account.overlapping()));
  }

  // Of each writer at most one write is under way when a failure hits; whether it stays is chance.
  private static Optional<Measured> unknown(Facts facts) {
    return facts
        .run()
        .ledger()
        .flatMap(
            account ->
                account.tally().map(tally -> Measured.count(tally.unknown(), account.writers())));
  }
}
