package dev.faultline.environment.database;

import dev.faultline.environment.database.ledger.Ledgers;
import dev.faultline.environment.database.ledger.Ledgers.Shelf;
import dev.faultline.environment.database.sql.NumberQuestion;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The databases of an environment by name, and the ledger of the run. Thread-safe. */
public final class Databases implements AutoCloseable {

  private final TreeMap<String, ManagedDatabase> databases = new TreeMap<>();

  private final Ledgers ledgers = new Ledgers();
  private final String runId;

  /**
   * Nothing is connected before it is asked for.
   *
   * @param runId marks the table of the ledger
   */
  public Databases(String runId, List<? extends ManagedDatabase> databases) {
    this.runId = runId;
    databases.forEach(database -> this.databases.put(database.name(), database));
  }

  /** What a target of databases stands for. */
  public Facts facts(Target target) {
    return new Facts(
        target.database().stream()
            .flatMap(name -> Optional.ofNullable(databases.get(name)).stream())
            .<Instance>map(ManagedDatabase::instance)
            .toList(),
        target.database().stream().filter(name -> !databases.containsKey(name)).toList(),
        List.copyOf(databases.keySet()));
  }

  /** Takes the primary from a database. */
  public Effect failOver(Action.FailOver action) {
    return change(action.database(), database -> database.failOver(action));
  }

  /** Lets a node be reached again. */
  public Effect reconnect(Action.Reconnect action) {
    return change(action.database(), database -> database.reconnect(action));
  }

  /** How a database stands. */
  public Answer status(Query.DatabaseStatus query) {
    return ask(query.database(), database -> new Answer.DatabaseIs(database.state()));
  }

  /** What a node is. */
  public Answer node(Query.NodeStatus query) {
    return ask(query.database(), database -> database.node(query.node()));
  }

  /** Makes the table of a ledger and starts its writers. */
  public Effect open(Action.OpenLedger action) {
    return change(
        action.ledger().database(), database -> ledgers.open(action.ledger(), shelf(database)));
  }

  /** Ends the writers and drops the table. */
  public Effect drop(Action.DropLedger action) {
    return change(action.database(), database -> ledgers.drop(shelf(database)));
  }

  /** The number that a statement selects. */
  public Answer select(Query.SqlNumber query) {
    return ask(query.database(), database -> NumberQuestion.ask(query, database::connect));
  }

  /** Whose the table of a ledger is. */
  public Answer table(Query.LedgerTable query) {
    return ask(query.database(), database -> ledgers.table(shelf(database)));
  }

  /** What became of the writes so far. */
  public Answer account(Query.LedgerStatus query) {
    return ledgers.account(query);
  }

  private Shelf shelf(ManagedDatabase database) {
    return new Shelf(database.name(), database.endsWithRun(), database.ledger(runId));
  }

  private Effect change(String name, Function<ManagedDatabase, Effect> change) {
    return Optional.ofNullable(databases.get(name))
        .map(change)
        .orElseGet(() -> new Effect.Failed("the environment has no database " + name));
  }

  private Answer ask(String name, Function<ManagedDatabase, Answer> question) {
    return Optional.ofNullable(databases.get(name))
        .map(question)
        .orElseGet(
            () ->
                new Answer.Unanswered(
                    BlindReason.REFUSED, "the environment has no database " + name));
  }

  /** Ends the writers of the ledger and what watches databases; what was written stays. */
  @Override
  public void close() {
    ledgers.close();
    databases.values().forEach(ManagedDatabase::stopWatching);
  }
}
