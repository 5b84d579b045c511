package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.Connector;
import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Action.OpenLedger;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Answer.Owner;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query.LedgerStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Opens, accounts for and removes the ledger of one run. Thread-safe. */
public final class Ledgers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String runId;
  private final Set<String> ended = new HashSet<>();
  private Optional<RunLedger> open = Optional.empty();

  /** None is open. */
  public Ledgers(String runId) {
    this.runId = runId;
  }

  /**
   * A database that may hold a ledger.
   *
   * @param endsWithRun whether it ends with the run, and its tables with it
   */
  public record Shelf(String database, boolean endsWithRun, Connector connector) {}

  /**
   * Creates the table and starts the writers. When it fails, no table was made and none was
   * touched, save where the answer of the server was lost.
   */
  public synchronized Effect open(Ledger ledger, Shelf shelf) {
    if (open.isPresent()) {
      return open.get().ledger().equals(ledger)
          ? new Effect.Done("the ledger was open already")
          : new Effect.Failed("another ledger is open in this run");
    }
    try (Connection connection = shelf.connector().connect(PATIENCE)) {
      new MarkedTable(runId).create(connection);
    } catch (SQLException failure) {
      return new Effect.Failed(
          "table %s cannot be made in %s: %s"
              .formatted(OpenLedger.TABLE, shelf.database(), SqlTrouble.of(failure).words()));
    } catch (MarkedTable.NotOurs refused) {
      return new Effect.Failed("%s: %s".formatted(shelf.database(), refused.getMessage()));
    }
    ended.remove(shelf.database());
    open = Optional.of(new RunLedger(ledger, runId, shelf.connector()));
    return new Effect.Done(
        "table %s made in %s, %d writers started"
            .formatted(OpenLedger.TABLE, shelf.database(), ledger.writerCount()));
  }

  /**
   * Ends the writers, and drops the table if it bears this run's mark. A table in a database that
   * ends with the run is left to that end. Doing it again does no harm.
   */
  public synchronized Effect drop(Shelf shelf) {
    open.filter(ledger -> ledger.ledger().database().equals(shelf.database()))
        .ifPresent(RunLedger::close);
    if (shelf.endsWithRun()) {
      ended.add(shelf.database());
      return new Effect.Done("writers ended; the table ends with " + shelf.database());
    }
    try (Connection connection = shelf.connector().connect(PATIENCE)) {
      return new Effect.Done(
          switch (new MarkedTable(runId).drop(connection, Session.of(runId))) {
            case OURS -> "table %s dropped".formatted(OpenLedger.TABLE);
            case NOBODY -> "there is no table " + OpenLedger.TABLE;
            case ANOTHER_RUN -> "table %s is another run's and stays".formatted(OpenLedger.TABLE);
            case FOREIGN -> "table %s is not Faultline's and stays".formatted(OpenLedger.TABLE);
          });
    } catch (SQLException failure) {
      return new Effect.Failed(
          "table %s may still be in %s: %s"
              .formatted(OpenLedger.TABLE, shelf.database(), SqlTrouble.of(failure).words()));
    }
  }

  /** Whose the table is. */
  public Answer table(Shelf shelf) {
    synchronized (this) {
      if (ended.contains(shelf.database())) {
        return new Answer.TableIs(Owner.NOBODY);
      }
    }
    try (Connection connection = shelf.connector().connect(PATIENCE)) {
      return new Answer.TableIs(new MarkedTable(runId).owner(connection));
    } catch (SQLException failure) {
      SqlTrouble trouble = SqlTrouble.of(failure);
      return new Answer.Unanswered(trouble.reason(), trouble.words());
    }
  }

  /** What became of the writes so far. */
  public Answer account(LedgerStatus query) {
    Optional<RunLedger> asked = opened();
    return asked
        .<Answer>map(ledger -> new Answer.LedgerIs(ledger.account(query)))
        .orElseGet(() -> new Answer.Unanswered(BlindReason.NO_DATA, "no ledger has been opened"));
  }

  private synchronized Optional<RunLedger> opened() {
    return open;
  }

  /** Ends the writers; what they wrote stays. */
  @Override
  public void close() {
    opened().ifPresent(RunLedger::close);
  }
}
