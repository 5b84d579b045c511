package dev.faultline.gameday.shared;

import dev.faultline.gameday.shared.SharedStore.Password;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Connects to the store; each wait for it is bounded. Thread-safe. */
final class Source extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;

  private final transient StoreAddress address;
  private final transient Password password;

  Source(StoreAddress address, Password password) {
    this.address = address;
    this.password = password;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Properties properties = new Properties();
    bound(properties, PGProperty.CONNECT_TIMEOUT, "5");
    bound(properties, PGProperty.LOGIN_TIMEOUT, "15");
    bound(properties, PGProperty.SOCKET_TIMEOUT, "10");
    bound(properties, PGProperty.CANCEL_SIGNAL_TIMEOUT, "5");
    bound(properties, PGProperty.TCP_KEEP_ALIVE, "true");
    bound(properties, PGProperty.APPLICATION_NAME, "faultline-schedule");
    bound(properties, PGProperty.CURRENT_SCHEMA, address.schema());
    try {
      password.read().ifPresent(word -> PGProperty.PASSWORD.set(properties, word));
    } catch (IOException unreadable) {
      throw new SQLException(unreadable.getMessage(), "28000", unreadable);
    }
    Connection connection = new Driver().connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("the address is none of PostgreSQL", "08001");
    }
    return connection;
  }

  private void bound(Properties properties, PGProperty property, String value) {
    if (!address.says(property)) {
      property.set(properties, value);
    }
  }
}
