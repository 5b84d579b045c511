package dev.faultline.gameday.daemon;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.quartz.utils.ConnectionProvider;

/** Gives Quartz its connections to a store of H2. */
final class StoreConnections implements ConnectionProvider {

  private final JdbcConnectionPool pool;

  StoreConnections(JdbcConnectionPool pool) {
    this.pool = pool;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void shutdown() {
    pool.dispose();
  }

  @Override
  public void initialize() {
    // The pool connects when it is asked to.
  }
}
