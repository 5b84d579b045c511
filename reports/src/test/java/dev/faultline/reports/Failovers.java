package dev.faultline.reports;

import static dev.faultline.reports.Journal.reason;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.plan.LedgerStep;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.Sighting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Runs in which a database loses its primary, at second 23. */
final class Failovers {

  static final Map<String, String> SAFE = settings("orders-db-2");
  static final Map<String, String> FAST = settings("");
  static final Map<String, String> PATRONI =
      Map.of(
          "synchronous_standby_names", "*",
          "synchronous_commit", "on",
          "ttl", "30",
          "loop_wait", "10",
          "retry_timeout", "10");

  private Failovers() {}

  private static Map<String, String> settings(String names) {
    return Map.of(
        "synchronous_standby_names", names,
        "synchronous_commit", "on",
        "controller.interval", "1s",
        "controller.missed", "3",
        "controller.promoteWithin", "30s",
        "controller.fencing", "kill");
  }

  static Map<String, Journal> all() {
    Map<String, Journal> all = new LinkedHashMap<>();
    all.put("failover-sync", synchronous());
    all.put("failover-async", asynchronous());
    all.put("failover-split", splitBrain());
    all.put("failover-patroni", patroni());
    all.put("failover-never", neverBack());
    all.put("failover-many", many());
    return all;
  }

  /** Nothing is lost, and most of the outage is detection. */
  static Journal synchronous() {
    Orders orders = new Orders(FailoverKind.CRASH, 8, SAFE);
    Accounts account =
        new Accounts(8, 60)
            .out(23.02, 26.62, 0.05)
            .gap(5, 9.1, Accounts.NEVER, 10.4)
            .rate(3, 23, 400, 0)
            .rate(23, 27, 4, 31)
            .rate(27, 60, 398, 0)
            .tally(0, 0, 3, 0, 0);
    DatabaseState after = Orders.state(SAFE, Orders.standby(1, 2, true), Orders.primary(2, 2));
    return closed(
            promoted(open(orders, "2026-03-14T09-26-53-failover-a1"), 26.1, 26.16, 26.4),
            after,
            account)
        .conclude();
  }

  /** Acknowledged writes are lost, for no standby had to have them. */
  static Journal asynchronous() {
    Orders orders = new Orders(FailoverKind.CRASH, 8, FAST);
    Accounts account =
        new Accounts(8, 60)
            .out(23.02, 26.7, 0.04)
            .rate(3, 23, 400, 0)
            .rate(23, 27, 3, 30)
            .rate(27, 60, 402, 0)
            .tally(318, 1.87, 0, 0, 0);
    DatabaseState after = Orders.state(FAST, Orders.gone(1), Orders.primary(2, 2));
    return closed(
            promoted(open(orders, "2026-03-14T10-01-12-failover-b2"), 26.2, 26.25, 26.45),
            after,
            account)
        .conclude(
            reason(
                Outcome.FAILED,
                "lost",
                "gate lost reads 318 (ledger lost), which must be equal to 0"));
  }

  /** The old primary goes on beside the new one; clients hang on it. */
  static Journal splitBrain() {
    Map<String, String> unfenced = new TreeMap<>(SAFE);
    unfenced.put("controller.fencing", "none");
    unfenced.put("synchronous_standby_names", "");
    Orders orders = new Orders(FailoverKind.PARTITION, 4, unfenced);
    Accounts account =
        new Accounts(4, 70)
            .gap(0, 23.01, 23.02, 29.3)
            .gap(1, 23.012, 23.021, 29.4)
            .gap(2, 23.014, 23.02, 36.1)
            .gap(3, 23.011, 23.023, 29.6)
            .rate(3, 23, 400, 0)
            .rate(23, 29, 0, 2)
            .rate(29, 70, 400, 0)
            .overlapping(212)
            .tally(212, 4.4, 9, 0, 0);
    DatabaseState after = Orders.state(unfenced, Orders.primary(1, 1), Orders.primary(2, 2));
    return closed(
            promoted(open(orders, "2026-03-14T11-40-02-failover-c3"), 26.2, 26.25, 26.5),
            after,
            account)
        .conclude(reason(Outcome.FAILED, "lost", "gate lost reads 212, which must be equal to 0"));
  }

  /** The settings of Patroni as they come. */
  static Journal patroni() {
    Orders orders = new Orders(FailoverKind.CRASH, 4, PATRONI);
    Accounts account =
        new Accounts(4, 70)
            .out(23.02, 45.9, 0.1)
            .rate(3, 23, 400, 0)
            .rate(23, 46, 0, 4)
            .rate(46, 70, 400, 0)
            .tally(0, 0, 2, 0, 1);
    DatabaseState after = Orders.state(PATRONI, Orders.standby(1, 2, false), Orders.primary(2, 2));
    return closed(
            promoted(open(orders, "2026-03-14T12-12-12-failover-d4"), 42.3, 43.2, 45.2),
            after,
            account)
        .conclude(reason(Outcome.FAILED, "outage", "gate outage reads 23s, must be below 5s"));
  }

  /** The standby never takes over, and nobody can read the table. */
  static Journal neverBack() {
    Orders orders = new Orders(FailoverKind.CRASH, 4, SAFE);
    Accounts account =
        new Accounts(4, 60).rate(3, 23, 400, 0).rate(23, 60, 0, 6).unread("no primary answers");
    for (int writer = 0; writer < 4; writer++) {
      account.gap(writer, 23.01, 23.02, Accounts.NEVER);
    }
    Journal journal = open(orders, "2026-03-14T13-13-13-failover-e5");
    journal.at(26.1).sight(Sighting.Kind.DETECTED, "controller", "orders-db-1 missed 3 checks");
    DatabaseState after = Orders.state(Map.of(), Orders.gone(1), Orders.standby(2, 1, false));
    return closed(journal, after, account)
        .conclude(reason(Outcome.INCONCLUSIVE, "lost", "gate lost could not be read at the end"));
  }

  /** As many writers as there can be. */
  static Journal many() {
    Orders orders = new Orders(FailoverKind.CRASH, 256, SAFE);
    Accounts account =
        new Accounts(256, 60)
            .out(23.02, 25.1, 0.004)
            .rate(3, 23, 4000, 0)
            .rate(23, 26, 100, 700)
            .rate(26, 60, 4010, 0)
            .tally(0, 0, 41, 2, 0);
    DatabaseState after = Orders.state(FAST, Orders.standby(1, 2, true), Orders.primary(2, 2));
    return closed(
            promoted(open(orders, "2026-03-14T14-14-14-failover-f6"), 24.5, 24.52, 24.9),
            after,
            account)
        .conclude();
  }

  private static Journal open(Orders orders, String run) {
    Journal journal = new Journal().add(orders.started(run)).phase(Phase.PREPARE);
    journal.at(1.1).sight(Sighting.Kind.PROGRESS, "lab", "orders-db ready in 1.1 s");
    journal.at(1.5).add(new Event.Planned(orders.plan()));
    journal.at(1.9).begin(Orders.TABLE, LedgerStep.of(orders.ledger()), "table is ours");
    journal.add(new Event.DatabaseRead(Orders.NAME, orders.healthy()));
    journal.at(3).phase(Phase.BASELINE);
    watch(journal, 3, 23, 0);
    journal.at(23).phase(Phase.FAULTS);
    return journal.begin(Orders.FAULT, orders.step(), "orders-db-1 is gone after 118 ms");
  }

  private static Journal promoted(
      Journal journal, double detected, double mitigated, double promoted) {
    watch(journal, 24, (int) detected, 1);
    journal
        .at(detected)
        .sight(
            Sighting.Kind.DETECTED,
            "controller",
            "orders-db-1 missed 3 checks, 1 s apart: connection refused");
    watch(journal, (int) detected, (int) mitigated, 1);
    journal.at(mitigated).sight(Sighting.Kind.MITIGATED, "controller", "promoting orders-db-2");
    watch(journal, (int) mitigated, (int) promoted, 1);
    journal
        .at(promoted)
        .sight(
            Sighting.Kind.PROMOTED,
            "controller",
            "orders-db-2 takes writes on timeline 2, after 240 ms");
    watch(journal, (int) promoted, (int) promoted + 1, 1);
    return journal;
  }

  private static Journal closed(Journal journal, DatabaseState after, Accounts account) {
    int now = (int) Math.ceil(journal.seconds());
    boolean withdrawn =
        journal.summary().open().stream().anyMatch(s -> s.ref().equals(Orders.FAULT));
    journal.at(now).phase(withdrawn ? Phase.UNDO : Phase.RECOVERY);
    if (withdrawn) {
      journal.end(Orders.FAULT, "orders-db-1 is primary");
      journal.phase(Phase.RECOVERY);
    }
    watch(journal, now, now + 4, 0.6);
    watch(journal, now + 4, 59, 0);
    journal.at(59.5).add(new Event.DatabaseRead(Orders.NAME, after));
    journal.at(60).add(new Event.LedgerRead(account.account()));
    journal.end(Orders.TABLE, "table is nobody's");
    return journal.at(60.3).phase(Phase.CLOSED);
  }

  private static void watch(Journal journal, int from, int to, double damage) {
    for (int second = from; second < to; second++) {
      journal.at(second + 0.4);
      journal.load(
          second,
          200,
          damage < 0.1 ? Map.of() : Map.of("http 503", Math.round(150 * damage)),
          Traffic.histogram(
              second, 200, (long) (9_000 + 400_000 * damage), (long) (60_000 + 2e6 * damage)));
      journal.read(Shop.ERRORS, new Reading.Value(0.0005 + 0.6 * damage));
      journal.read(Orders.OUTAGE, new Reading.Value(Math.max(0, Math.min(3.6, second - 23.0))));
      if (second % 5 == 0) {
        journal.read(Orders.LOST, new Reading.Value(0));
      }
    }
  }
}
