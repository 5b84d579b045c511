package dev.faultline.environment.database;

import dev.faultline.environment.database.ledger.LedgerStore;
import dev.faultline.environment.database.ledger.TableStore;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Instance.DatabaseInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One database of an environment, whoever started it. Every method may be called from any thread
 * and is bounded in time.
 */
public interface ManagedDatabase {

  /** What targets, gates and ledgers call it. */
  String name();

  /** What it is for a plan; without a state while it is not running. */
  DatabaseInstance instance();

  /** How each node stands now; a node that does not answer says why, without any secret. */
  DatabaseState state();

  /**
   * What one node is; answered by {@link Answer.NodeIs} or {@link Answer.Unanswered}.
   *
   * @param node its name; when empty, the node that this run took the primary's role from last
   */
  Answer node(String node);

  /** Takes the primary from it. */
  Effect failOver(Action.FailOver action);

  /** Lets a node that was cut off be reached again. */
  Effect reconnect(Action.Reconnect action);

  /**
   * A new connection to whichever node takes writes now, as a client gets one.
   *
   * @param patience how long the connection, and later each statement on it, may take
   * @throws SQLException when there is none in time; its message holds no secret
   */
  Connection connect(Duration patience) throws SQLException;

  /**
   * Where in it the ledger of a run is kept.
   *
   * @param runId marks the place
   */
  default LedgerStore ledger(String runId) {
    return new TableStore(runId, this::connect);
  }

  /** Ends what watches it for the run, if anything does; the database itself goes on. */
  default void stopWatching() {}

  /** Whether it ends with the run, so that what is left in it ends too. */
  boolean endsWithRun();
}
