package dev.faultline.examples.shop;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/**
 * Orders in PostgreSQL, through a small pool of connections.
 *
 * <p>An attempt that fails is repeated until the deadline, on another connection: an order that
 * comes twice does no harm. No attempt outlasts the deadline, since each gets only the time that is
 * left of it, so a database that hangs looks to customers like one that is away.
 */
final class DatabaseOrderBook implements OrderBook {
  private static final String TABLE =
      """
      create table if not exists orders (
        id text primary key,
        standing text not null,
        entered timestamptz not null default now())
      """;
  private static final String ENTER =
      "insert into orders (id, standing) values (?, ?) on conflict do nothing";

  /** What a standby says to a writer. */
  private static final String READ_ONLY = "25006";

  private static final int CONNECTIONS = 8;
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final HikariDataSource pool;
  private final Duration deadline;
  private final BookMetrics metrics;

  private DatabaseOrderBook(HikariDataSource pool, Duration deadline, BookMetrics metrics) {
    this.pool = pool;
    this.deadline = deadline;
    this.metrics = metrics;
  }

  /**
   * Reads {@code DATABASE_URL}, {@code DATABASE_USER}, {@code DATABASE_PASSWORD_FILE} and {@code
   * DATABASE_DEADLINE_MS}. The database need not be there yet.
   */
  static DatabaseOrderBook from(Settings settings, Metrics metrics) throws BadSettingException {
    Duration deadline = settings.millis("DATABASE_DEADLINE_MS", 700);
    OrderDatabase database = OrderDatabase.from(settings);
    return new DatabaseOrderBook(pool(database), deadline, new BookMetrics(metrics));
  }

  private static HikariDataSource pool(OrderDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("orders");
    config.setDataSource(database);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.setValidationTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(TABLE);
    return new HikariDataSource(config);
  }

  @Override
  public boolean enter(String order, Standing standing) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (!attempt(order, standing, end)) {
      if (left(end).compareTo(WAIT_FOR_CONNECTION.plus(PAUSE)) < 0) {
        metrics.notStored();
        return false;
      }
      Thread.sleep(PAUSE);
    }
    metrics.stored();
    return true;
  }

  private boolean attempt(String order, Standing standing, long end) {
    long asked = System.nanoTime();
    try (Connection connection = pool.getConnection()) {
      metrics.waited(System.nanoTime() - asked);
      return left(end).toMillis() > 0 && insert(connection, order, standing, left(end));
    } catch (SQLException e) {
      metrics.failed(e);
      return false;
    }
  }

  private boolean insert(Connection connection, String order, Standing standing, Duration timeout)
      throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, timeout.toMillis()));
    try (PreparedStatement insert = connection.prepareStatement(ENTER)) {
      insert.setString(1, order);
      insert.setString(2, standing.name().toLowerCase(Locale.ROOT));
      insert.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (READ_ONLY.equals(e.getSQLState())) {
        pool.evictConnection(connection); // the pool itself takes it for a sound one
      }
      throw e;
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
