package dev.faultline.model.plan;

import dev.faultline.model.environment.Ledger;
import dev.faultline.model.fault.Step;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Optional;

/** The step that keeps a ledger: it makes a table, and drops it at the end of the run. */
public final class LedgerStep {

  /** What stands for the ledger where a fault has its name. */
  public static final String NAME = "ledger";

  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  private LedgerStep() {}

  /** The step with its proof and its undo. */
  public static Step of(Ledger ledger) {
    return new Step(
        new Action.OpenLedger(ledger),
        Optional.of(proof(ledger, true)),
        Optional.of(
            new Step.Undo(
                new Action.DropLedger(ledger.database()), Optional.of(proof(ledger, false)))));
  }

  private static Proof proof(Ledger ledger, boolean ours) {
    return new Proof(
        new Query.LedgerTable(ledger.database()), new Expectation.TableOurs(ours), SHOWN_WITHIN);
  }
}
