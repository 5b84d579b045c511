package dev.faultline.reports.findings;

import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.reports.facts.FailoverFacts;
import dev.faultline.reports.facts.NodeFacts;
import dev.faultline.reports.facts.Spelling;
import dev.faultline.reports.findings.Finding.Kind;
import dev.faultline.reports.findings.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of the writes of a ledger. */
record WriteFindings(FailoverFacts failover) {

  static final String STANDBYS = "synchronous_standby_names";
  private static final String COMMIT = "synchronous_commit";
  private static final String FENCING = "controller.fencing";
  private static final String KEY =
      "Give each write a key that the client chooses, unique in its table, and write it with ON"
          + " CONFLICT DO NOTHING, so that repeating it does no harm";

  List<Finding> all() {
    List<Finding> found = new ArrayList<>();
    Optional<LedgerAccount> account = failover.ledger().map(ledger -> ledger.account());
    account.ifPresent(
        counted -> {
          splitBrain(counted).ifPresent(found::add);
          counted
              .tally()
              .ifPresentOrElse(
                  tally -> found.addAll(tallied(counted, tally)), () -> found.add(unread(counted)));
        });
    return found;
  }

  private List<Finding> tallied(LedgerAccount account, Tally tally) {
    List<Finding> found = new ArrayList<>();
    if (tally.lost() > 0) {
      found.add(lost(account, tally));
    } else if (asynchronous() && failover.outage().isPresent()) {
      found.add(luck(account));
    }
    if (tally.duplicated() > 0) {
      found.add(duplicates(tally));
    }
    if (tally.unknown() > 0) {
      found.add(unknown(tally));
    }
    if (tally.reordered() > 0) {
      found.add(reordered(tally));
    }
    return found;
  }

  private Finding lost(LedgerAccount account, Tally tally) {
    String title =
        "%s lost, the oldest %s old"
            .formatted(
                Spelling.counted(tally.lost(), "acknowledged write")
                    + (tally.lost() == 1 ? " was" : " were"),
                Spelling.span(tally.oldestLost()));
    return new Finding(
        Kind.LOST_WRITES,
        Severity.SEVERE,
        asynchronous() ? "%s is empty: %s".formatted(STANDBYS, title) : title,
        "of %s acknowledged; %s".formatted(Spelling.count(account.acknowledged()), replication()),
        asynchronous()
            ? "Name the standby in %s (with Patroni: synchronous_mode), and measure what that costs"
                    .formatted(STANDBYS)
                + " in latency; or state how much may be lost as a gate: ledger: lostAge"
            : "See whether %s was emptied or %s lowered during the outage, and whether the standby that was promoted was one of those named"
                .formatted(STANDBYS, COMMIT));
  }

  private Finding luck(LedgerAccount account) {
    return new Finding(
        Kind.LUCK,
        Severity.NOTABLE,
        "Nothing was lost, and nothing would have kept it from being: %s is empty"
            .formatted(STANDBYS),
        "0 of %s acknowledged writes lost; %s"
            .formatted(Spelling.count(account.acknowledged()), replication()),
        "Name the standby in %s if no acknowledged write may be lost; or repeat the run under more"
                .formatted(STANDBYS)
            + " load and with a slower link to the standby");
  }

  private static Finding unread(LedgerAccount account) {
    return new Finding(
        Kind.UNREAD_LEDGER,
        Severity.SEVERE,
        "What was lost is not known: the ledger could not be read back",
        "%s acknowledged; %s"
            .formatted(Spelling.counted(account.acknowledged(), "write"), account.unread()),
        "See why the database took no reader at the end of the run; a longer 'recovery.within'"
            + " gives it more time");
  }

  private Optional<Finding> splitBrain(LedgerAccount account) {
    if (account.overlapping() == 0) {
      return Optional.empty();
    }
    Optional<String> fencing = setting(FENCING);
    return Optional.of(
        new Finding(
            Kind.SPLIT_BRAIN,
            Severity.SEVERE,
            "Split brain: %s acknowledged by an older timeline beside a new primary"
                .formatted(
                    Spelling.counted(account.overlapping(), "write")
                        + (account.overlapping() == 1 ? " was" : " were")),
            fencing
                .map(value -> "%s is %s".formatted(FENCING, value))
                .orElse("each connection learned the timeline of its server when it connected"),
            "Fence the old primary before a promotion"
                + fencing
                    .map(_ -> ": %s: kill".formatted(FENCING))
                    .orElse(" (with Patroni: watchdog)")
                + ", so that it cannot acknowledge what the new one will never have"));
  }

  private static Finding duplicates(Tally tally) {
    return new Finding(
        Kind.DUPLICATES,
        Severity.SEVERE,
        "%s there more than once"
            .formatted(
                Spelling.counted(tally.duplicated(), "number")
                    + (tally.duplicated() == 1 ? " is" : " are")),
        "a write whose acknowledgement got lost was repeated",
        KEY);
  }

  private Finding unknown(Tally tally) {
    return new Finding(
        Kind.UNKNOWN_WRITES,
        Severity.MINOR,
        "%s present and never acknowledged: a client that repeats what failed would have written"
                .formatted(
                    Spelling.counted(tally.unknown(), "write")
                        + (tally.unknown() == 1 ? " is" : " are"))
            + (tally.unknown() == 1 ? " it twice" : " them twice"),
        "the answer was lost, not the write; at most one write of each writer is under way at a"
            + " time",
        KEY);
  }

  private static Finding reordered(Tally tally) {
    return new Finding(
        Kind.REORDERED,
        Severity.NOTABLE,
        "%s before a smaller one of the same writer"
            .formatted(
                Spelling.counted(tally.reordered(), "number")
                    + (tally.reordered() == 1 ? " stands" : " stand")),
        "by the order of the table's own sequence",
        "Do not take the order of a sequence for the order of events where a failed write may be"
            + " repeated; write a number of the client's own");
  }

  private boolean asynchronous() {
    return setting(STANDBYS).map(String::isBlank).orElse(false);
  }

  private String replication() {
    return setting(STANDBYS)
        .map(value -> value.isBlank() ? STANDBYS + " empty" : STANDBYS + " " + value)
        .map(
            words ->
                words + setting(COMMIT).map(value -> ", %s %s".formatted(COMMIT, value)).orElse(""))
        .orElse("%s is not known".formatted(STANDBYS));
  }

  private Optional<String> setting(String name) {
    return failover.written().flatMap((NodeFacts database) -> database.setting(name));
  }
}
