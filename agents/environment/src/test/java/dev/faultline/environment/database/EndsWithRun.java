package dev.faultline.environment.database;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Instance.DatabaseInstance;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A database that ends with the run, as those of a lab do. */
record EndsWithRun(ManagedDatabase database) implements ManagedDatabase {

  @Override
  public String name() {
    return database.name();
  }

  @Override
  public DatabaseInstance instance() {
    return database.instance();
  }

  @Override
  public DatabaseState state() {
    return database.state();
  }

  @Override
  public Answer node(String node) {
    return database.node(node);
  }

  @Override
  public Effect failOver(Action.FailOver action) {
    return database.failOver(action);
  }

  @Override
  public Effect reconnect(Action.Reconnect action) {
    return database.reconnect(action);
  }

  @Override
  public Connection connect(Duration patience) throws SQLException {
    return database.connect(patience);
  }

  @Override
  public boolean endsWithRun() {
    return true;
  }
}
