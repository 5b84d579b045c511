package dev.faultline.environment.database.named;

import dev.faultline.model.environment.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a database is and who asks: what the user's address says, save for what Faultline must know
 * of, as which node it is and how long that takes. Thread-safe.
 */
final class Address {

  private static final String NO_PASSWORD = "28000";

  private final Driver driver = new Driver();
  private final Properties written;
  private final Database database;
  private final Optional<PasswordFile> password;
  private final List<String> nodes;

  /**
   * Reads the address; nothing is connected.
   *
   * @param base the folder of the environment's file
   */
  Address(Database database, Path base) {
    this.database = database;
    this.password = database.passwordFile().map(file -> new PasswordFile(file, base));
    this.written =
        database
            .jdbc()
            .flatMap(jdbc -> Optional.ofNullable(Driver.parseURL(jdbc, new Properties())))
            .orElseGet(Properties::new);
    this.nodes = nodes(written);
  }

  /** The nodes, as {@code host:port}, in the order of the address. */
  List<String> nodes() {
    return nodes;
  }

  /** A connection to whichever node takes writes. */
  Connection primary(Duration patience) throws SQLException {
    return connect(String.join(",", nodes), "primary", patience);
  }

  /** A connection to one node, whatever it is. */
  Connection node(String node, Duration patience) throws SQLException {
    return connect(node, "any", patience);
  }

  private static List<String> nodes(Properties written) {
    String[] hosts = part(written, PGProperty.PG_HOST).split(",");
    String[] ports = part(written, PGProperty.PG_PORT).split(",");
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < hosts.length; i++) {
      nodes.add(hosts[i] + ":" + ports[Math.min(i, ports.length - 1)]);
    }
    return List.copyOf(nodes);
  }

  private static String part(Properties written, PGProperty property) {
    return Optional.ofNullable(property.getOrDefault(written)).orElse("");
  }

  private Connection connect(String hosts, String type, Duration patience) throws SQLException {
    Properties properties = new Properties();
    written
        .stringPropertyNames()
        .forEach(key -> properties.setProperty(key, written.getProperty(key)));
    database.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    Optional<String> secret = password();
    secret.ifPresent(text -> PGProperty.PASSWORD.set(properties, text));
    PGProperty.TARGET_SERVER_TYPE.set(properties, type);
    PGProperty.HOST_RECHECK_SECONDS.set(properties, 0);
    bound(properties, patience);
    String name = part(written, PGProperty.PG_DBNAME);
    Connection connection =
        driver.connect("jdbc:postgresql://%s/%s".formatted(hosts, name), properties);
    if (connection == null) {
      throw new SQLException("the address is none of PostgreSQL", "08001");
    }
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.toMillis()));
    return connection;
  }

  private static void bound(Properties properties, Duration patience) {
    int seconds = Math.toIntExact(patience.plusNanos(999_999_999).toSeconds());
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, seconds);
    PGProperty.LOGIN_TIMEOUT.set(
        properties, BigDecimal.valueOf(patience.toMillis(), 3).toPlainString());
  }

  private Optional<String> password() throws SQLException {
    try {
      return password.isPresent() ? Optional.of(password.get().read()) : Optional.empty();
    } catch (PasswordFile.NoPassword none) {
      throw new SQLException(none.getMessage(), NO_PASSWORD, none);
    }
  }
}
