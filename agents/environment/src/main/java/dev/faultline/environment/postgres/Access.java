package dev.faultline.environment.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Who connects to which database on this machine.
 *
 * @param user the role
 * @param password kept from every text
 * @param database its name
 */
public record Access(String user, String password, String database) {

  private static final String CANNOT_CONNECT = "08001";

  /** A new connection, which can be given up while it is made. */
  private interface Opening {
    Connection open() throws SQLException;
  }

  /**
   * A new connection to a server, whatever it is.
   *
   * @param patience how long the connection, and then each statement on it, may take
   */
  public Connection toServer(int port, Duration patience) throws SQLException {
    return within(patience, () -> open(port, patience));
  }

  /**
   * A new connection to the first of these servers that takes writes, in their order.
   *
   * @param patience how long all of that, and then each statement, may take
   */
  public Connection toPrimary(List<Integer> ports, Duration patience) throws SQLException {
    List<String> refusals = new ArrayList<>();
    for (int port : ports) {
      try {
        Connection connection = toServer(port, patience.dividedBy(ports.size()));
        if (takesWrites(connection)) {
          connection.setNetworkTimeout(Runnable::run, millis(patience));
          return connection;
        }
        connection.close();
        refusals.add("the one at %d stands by".formatted(port));
      } catch (SQLException refused) {
        refusals.add("the one at %d: %s".formatted(port, reason(refused)));
      }
    }
    throw new SQLException("no node takes writes; " + String.join("; ", refusals), CANNOT_CONNECT);
  }

  /**
   * Makes this role, which may see how far standbys are, and its database.
   *
   * @param superuser a connection of a superuser, used for nothing else
   */
  public void create(Connection superuser) throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      // A statement that fails would be logged with the password in it.
      statement.execute("set log_min_error_statement = panic");
      statement.execute("create role %s login password '%s'".formatted(user, password));
      statement.execute("grant pg_monitor to " + user);
      statement.execute("create database %s owner %s".formatted(database, user));
    }
  }

  /** The address of a database behind some ports, for clients that want the primary. */
  public static String url(List<Integer> ports, String database) {
    return "jdbc:postgresql://%s/%s"
        .formatted(
            String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList()), database);
  }

  /** Why there was no answer, in a few words. */
  public static String reason(SQLException failure) {
    String message = Optional.ofNullable(failure.getMessage()).orElse("no answer");
    if (failure instanceof SQLTimeoutException) {
      return message;
    }
    if (message.contains("refused")) {
      return "connection refused";
    }
    return CANNOT_CONNECT.equals(failure.getSQLState()) || "08006".equals(failure.getSQLState())
        ? "connection closed"
        : message.lines().findFirst().orElse(message);
  }

  private Connection open(int port, Duration patience) throws SQLException {
    String seconds = Long.toString(Math.max(1, patience.plusMillis(999).toSeconds()));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "user", user,
            "password", password,
            "connectTimeout", seconds,
            "socketTimeout", seconds,
            "sslmode", "disable",
            "gssEncMode", "disable",
            "ApplicationName", "faultline"));
    Connection connection = DriverManager.getConnection(url(List.of(port), database), properties);
    connection.setNetworkTimeout(Runnable::run, millis(patience));
    return connection;
  }

  private static boolean takesWrites(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select not pg_is_in_recovery()")) {
      return answer.next() && answer.getBoolean(1);
    } catch (SQLException broken) {
      connection.close();
      throw broken;
    }
  }

  /** The driver counts seconds; whoever gives up earlier leaves nothing behind. */
  private static Connection within(Duration patience, Opening opening) throws SQLException {
    CompletableFuture<Connection> result = new CompletableFuture<>();
    Thread opener = Thread.ofVirtual().name("connecting").start(() -> open(opening, result));
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof SQLException refused
          ? refused
          : new SQLException("no connection: " + failure.getCause(), CANNOT_CONNECT, failure);
    } catch (TimeoutException late) {
      throw giveUp(
          result,
          opener,
          new SQLTimeoutException("no answer within %d ms".formatted(patience.toMillis()), late));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw giveUp(result, opener, new SQLException("interrupted", CANNOT_CONNECT, interrupted));
    }
  }

  private static SQLException giveUp(
      CompletableFuture<Connection> result, Thread opener, SQLException why) throws SQLException {
    if (!result.completeExceptionally(why) && !result.isCompletedExceptionally()) {
      result.join().close();
    }
    opener.interrupt();
    return why;
  }

  private static void open(Opening opening, CompletableFuture<Connection> result) {
    try {
      Connection connection = opening.open();
      if (!result.complete(connection)) {
        connection.close();
      }
    } catch (SQLException refused) {
      result.completeExceptionally(refused);
    }
  }

  private static int millis(Duration patience) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis()));
  }

  @Override
  public String toString() {
    return "%s at %s".formatted(user, database);
  }
}
