package dev.faultline.reports.facts;

import dev.faultline.model.environment.Ledger;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.Action;
import java.util.List;
import java.util.Optional;

/**
 * What a failover cost.
 *
 * @param ledger the numbered writes, when they were accounted for
 * @param outage when writes failed
 * @param databases how each database stood before and after
 * @param writers what wrote, as it was asked for; empty without a ledger
 */
public record FailoverFacts(
    Optional<LedgerFacts> ledger,
    Optional<OutageFacts> outage,
    List<NodeFacts> databases,
    Optional<Ledger> writers) {

  /** What the ledger can prove, and what it cannot. */
  public static final String PROOF =
      "The ledger proves what a client can: that a write whose acknowledgement was received is, or"
          + " is not, what a reader of the present primary sees. It sees processes that are killed"
          + " or cut off, not what a loss of power takes from disks.";

  /** Keeps the list unchangeable. */
  public FailoverFacts {
    databases = List.copyOf(databases);
  }

  /** What is known of it; empty for a run without a database. */
  public static Optional<FailoverFacts> of(RunSummary run) {
    Optional<LedgerFacts> ledger = LedgerFacts.of(run);
    Optional<Ledger> writers = writers(run);
    List<NodeFacts> databases = NodeFacts.of(run);
    if (ledger.isEmpty() && writers.isEmpty() && databases.isEmpty()) {
      return Optional.empty();
    }
    Optional<OutageFacts> outage =
        run.figures()
            .outage()
            .flatMap(
                found ->
                    ledger.map(
                        account ->
                            new OutageFacts(found, account.elapsed(account.account().at()))));
    return Optional.of(new FailoverFacts(ledger, outage, databases, writers));
  }

  private static Optional<Ledger> writers(RunSummary run) {
    return run.plan()
        .flatMap(plan -> plan.ledger())
        .flatMap(
            step ->
                step.action() instanceof Action.OpenLedger open
                    ? Optional.of(open.ledger())
                    : Optional.<Ledger>empty())
        .or(() -> run.start().spec().ledger());
  }

  /** The database that the ledger writes to, as it was looked at. */
  public Optional<NodeFacts> written() {
    return databases.stream()
        .filter(one -> writers.map(asked -> asked.database().equals(one.database())).orElse(true))
        .findFirst();
  }

  /** What the ledger proves, for templates. */
  public String proof() {
    return PROOF;
  }
}
