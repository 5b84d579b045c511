package dev.faultline.app;

import dev.faultline.engine.journal.Journal;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Verdict;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Local;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.fault.Failover;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run of a failover that never was.
 *
 * @param id of the run
 * @param outage how long its writers were out
 * @param lost acknowledged writes that are lost; empty when nobody could count them
 */
record Told(String id, Duration outage, Optional<Long> lost) {

  private static final Instant BEGAN = Instant.parse("2026-03-14T09:26:53Z");
  private static final Instant FAILED = BEGAN.plusSeconds(20);

  List<Entry> entries() {
    Outcome outcome =
        lost.map(count -> count == 0 ? Outcome.PASSED : Outcome.FAILED)
            .orElse(Outcome.INCONCLUSIVE);
    Verdict verdict =
        Verdict.of(
            outcome == Outcome.PASSED
                ? List.of()
                : List.of(new Verdict.Reason(outcome, "lost", "gate lost is not equal to 0")));
    List<Entry> entries = new ArrayList<>();
    for (Event event :
        List.of(started(), new Event.LedgerRead(account()), new Event.Concluded(verdict))) {
      Duration elapsed = Duration.ofSeconds(30L * entries.size());
      entries.add(new Entry(entries.size(), BEGAN.plus(elapsed), elapsed, event));
    }
    return entries;
  }

  private LedgerAccount account() {
    LedgerAccount.Gap gap =
        new LedgerAccount.Gap(
            0, FAILED, Optional.of(FAILED), Optional.of(FAILED.plus(outage)), "reset");
    return new LedgerAccount(
        "db",
        1,
        BEGAN,
        BEGAN.plusSeconds(30),
        12_400,
        12_345,
        55,
        0,
        lost.map(
            count ->
                new LedgerAccount.Tally(
                    12_345 - count, count, Duration.ofMillis(1900L * Long.signum(count)), 0, 0, 0)),
        lost.isPresent() ? "" : "no primary answers",
        List.of(gap),
        List.of());
  }

  private Event.RunStarted started() {
    Gate gate =
        new Gate(
            "lost",
            dev.faultline.model.gate.Ledger.of("lost"),
            Optional.of(new Bound.Equals(Quantity.parse("0"))),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    FaultStep fault =
        new FaultStep(
            Optional.empty(),
            Failover.of("crash"),
            Optional.of(Target.database("db")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ExperimentSpec spec =
        new ExperimentSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new Ledger(
                    "db", Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty())),
            List.of(gate),
            List.of(),
            List.of(fault),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    EnvironmentSpec environment =
        new EnvironmentSpec(new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of());
    return new Event.RunStarted(
        id, "orders", spec, environment, "orders.yaml", "/srv", false, "host", "0.1.0");
  }

  /** Writes its journal into the store below a folder; gives the folder of the run. */
  RunFolder keep(Path root) throws IOException {
    RunStore store = new RunStore(root);
    RunFolder folder = store.create(id, BEGAN);
    try (Journal journal = store.startJournal(folder)) {
      for (Entry entry : entries()) {
        journal.append(entry);
      }
    }
    return folder;
  }
}
