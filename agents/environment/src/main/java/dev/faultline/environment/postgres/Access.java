package dev.faultline.environment.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Who connects to which database.
 *
 * @param user the role
 * @param password kept from every text
 * @param database its name
 */
record Access(String user, String password, String database) {

  /**
   * A new connection to a server of this machine, whatever it is.
   *
   * @param patience how long the connection and each statement on it may take; at most a second
   *     more for the connection, as the driver counts seconds
   */
  Connection toServer(int port, Duration patience) throws SQLException {
    return open(List.of(port), "any", patience);
  }

  /** A new connection to the first of these that takes writes, with the same patience. */
  Connection toPrimary(List<Integer> ports, Duration patience) throws SQLException {
    return open(ports, "primary", patience);
  }

  private Connection open(List<Integer> ports, String target, Duration patience)
      throws SQLException {
    String seconds = Long.toString(Math.max(1, patience.plusMillis(999).toSeconds()));
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "user", user,
            "password", password,
            "targetServerType", target,
            "hostRecheckSeconds", "0",
            "connectTimeout", seconds,
            "loginTimeout", seconds,
            "socketTimeout", seconds,
            "sslmode", "disable",
            "gssEncMode", "disable",
            "ApplicationName", "faultline"));
    Connection connection = DriverManager.getConnection(url(ports, database), properties);
    connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, patience.toMillis()));
    return connection;
  }

  /** The address of a database behind some ports of this machine. */
  static String url(List<Integer> ports, String database) {
    return ports.stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(",", "jdbc:postgresql://", "/" + database));
  }

  @Override
  public String toString() {
    return "%s at %s".formatted(user, database);
  }
}
