package dev.faultline.environment.database.ledger;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Answer.Owner;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query.LedgerStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Opens, accounts for and removes the ledger of one run. Thread-safe. */
public final class Ledgers implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Set<String> ended = new HashSet<>();
  private Optional<RunLedger> open = Optional.empty();

  /**
   * A database that may hold a ledger.
   *
   * @param endsWithRun whether it ends with the run, and its tables with it
   * @param store where in it the ledger of this run is kept
   */
  public record Shelf(String database, boolean endsWithRun, LedgerStore store) {}

  /**
   * Makes the table, or what a store has instead, and starts the writers. When it fails, none was
   * made and none was touched, save where the answer of the server was lost.
   */
  public synchronized Effect open(Ledger ledger, Shelf shelf) {
    if (open.isPresent()) {
      return open.get().ledger().equals(ledger)
          ? new Effect.Done("the ledger was open already")
          : new Effect.Failed("another ledger is open in this run");
    }
    String place = shelf.store().place();
    try {
      shelf.store().make(PATIENCE);
    } catch (StoreTrouble failure) {
      return new Effect.Failed(
          "%s cannot be made in %s: %s".formatted(place, shelf.database(), failure.words()));
    } catch (NotOurs refused) {
      return new Effect.Failed("%s: %s".formatted(shelf.database(), refused.getMessage()));
    }
    ended.remove(shelf.database());
    open = Optional.of(new RunLedger(ledger, shelf.store()));
    return new Effect.Done(
        "%s made in %s, %d writers started"
            .formatted(place, shelf.database(), ledger.writerCount()));
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
    String place = shelf.store().place();
    try {
      return new Effect.Done(
          switch (shelf.store().drop(PATIENCE)) {
            case OURS -> place + " dropped";
            case NOBODY -> "there is no " + place;
            case ANOTHER_RUN -> place + " is another run's and stays";
            case FOREIGN -> place + " is not Faultline's and stays";
          });
    } catch (StoreTrouble failure) {
      return new Effect.Failed(
          "%s may still be in %s: %s".formatted(place, shelf.database(), failure.words()));
    }
  }

  /** Whose the table is. */
  public Answer table(Shelf shelf) {
    synchronized (this) {
      if (ended.contains(shelf.database())) {
        return new Answer.TableIs(Owner.NOBODY);
      }
    }
    try {
      return new Answer.TableIs(shelf.store().owner(PATIENCE));
    } catch (StoreTrouble trouble) {
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
