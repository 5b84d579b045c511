package dev.faultline.gameday.shared;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.quartz.utils.ConnectionProvider;

/**
 * Connections to the store: few, and each step of them is bounded in time. Thread-safe.
 *
 * <p>Quartz takes its own from here, too; that it closes them does not close this.
 */
final class Pool implements ConnectionProvider, AutoCloseable {

  /** Four threads of Quartz, the check-in, and the daemon. */
  private static final int CONNECTIONS = 6;

  private static final Duration WAIT = Duration.ofSeconds(10);

  /** A scheduler that is stopped in the middle must not keep a game day from the others. */
  private static final String BOUNDS =
      "SET statement_timeout = '8s'; SET lock_timeout = '5s';"
          + " SET idle_in_transaction_session_timeout = '15s'";

  private final Source source;
  private final HikariDataSource connections;

  Pool(StoreAddress address, SharedStore.Password password) {
    this.source = new Source(address, password);
    HikariConfig config = new HikariConfig();
    config.setPoolName("faultline-schedule");
    config.setDataSource(source);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(5).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(BOUNDS);
    this.connections = new HikariDataSource(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return connections.getConnection();
  }

  /** A connection beside the others, which fails at once, and with the reason. */
  Connection first() throws SQLException {
    return source.getConnection();
  }

  @Override
  public void shutdown() {
    // Others use it still; close() ends it.
  }

  @Override
  public void initialize() {
    // It connects when it is asked to.
  }

  @Override
  public void close() {
    connections.close();
  }
}
