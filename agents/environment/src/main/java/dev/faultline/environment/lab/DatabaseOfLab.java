package dev.faultline.environment.lab;

import dev.faultline.environment.database.ManagedDatabase;
import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Instance.DatabaseInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A database of a lab, whether the lab runs or not.
 *
 * @param name what the file calls it
 * @param database as the file describes it
 * @param running the one that was started, while the lab runs
 */
record DatabaseOfLab(String name, LabDatabase database, Supplier<Optional<StartedDatabase>> running)
    implements ManagedDatabase {

  private static final String CANNOT_CONNECT = "08001";

  @Override
  public DatabaseInstance instance() {
    return running
        .get()
        .map(StartedDatabase::instance)
        .orElseGet(() -> LabDatabases.atRest(name, database));
  }

  @Override
  public DatabaseState state() {
    return running
        .get()
        .map(StartedDatabase::state)
        .orElseGet(() -> LabDatabases.down(name, database));
  }

  @Override
  public Answer node(String node) {
    return running
        .get()
        .map(started -> started.node(node))
        .orElseGet(() -> new Answer.Unanswered(BlindReason.UNREACHABLE, notRunning()));
  }

  @Override
  public Effect failOver(Action.FailOver action) {
    return running
        .get()
        .map(started -> started.failOver(action))
        .orElseGet(() -> new Effect.Failed(notRunning()));
  }

  @Override
  public Effect reconnect(Action.Reconnect action) {
    return running
        .get()
        .map(started -> started.reconnect(action))
        .orElseGet(() -> new Effect.Done(notRunning()));
  }

  @Override
  public Connection connect(Duration patience) throws SQLException {
    return running
        .get()
        .orElseThrow(() -> new SQLException(notRunning(), CANNOT_CONNECT))
        .connect(patience);
  }

  @Override
  public boolean endsWithRun() {
    return true;
  }

  private String notRunning() {
    return "%s ended with its lab".formatted(name);
  }
}
