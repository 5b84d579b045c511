package dev.faultline.examples.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the book is, with patience: a connection that is refused is asked for again soon. The pool
 * itself would wait twice as long after each refusal, up to 5 s, and customers with it.
 */
final class OrderDatabase extends PGSimpleDataSource {
  private static final int TRIES = 100;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int SILENCE_SECONDS = 2;

  private volatile String said = "";

  static OrderDatabase from(Settings settings) throws BadSettingException {
    OrderDatabase database = new OrderDatabase();
    database.setUrl(url(settings));
    if (database.getSocketTimeout() == 0) {
      database.setSocketTimeout(SILENCE_SECONDS); // else a server that hangs is waited for for ever
    }
    settings.text("DATABASE_USER").ifPresent(database::setUser);
    Optional<Path> passwordFile = settings.path("DATABASE_PASSWORD_FILE");
    if (passwordFile.isPresent()) {
      database.setPassword(password(passwordFile.get()));
    }
    return database;
  }

  private static String url(Settings settings) throws BadSettingException {
    String url = settings.text("DATABASE_URL").orElse("");
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new BadSettingException(
          "DATABASE_URL: a password does not belong there; name its file in DATABASE_PASSWORD_FILE");
    }
    if (!url.matches("jdbc:postgresql://[^/]+/.+")) {
      throw new BadSettingException(
          "DATABASE_URL=%s: expected jdbc:postgresql://host:port/name".formatted(url));
    }
    return url;
  }

  private static String password(Path file) throws BadSettingException {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new BadSettingException(
          "DATABASE_PASSWORD_FILE=%s: cannot be read (%s)"
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return super.getConnection();
      } catch (SQLException e) {
        say(e);
        if (tries == TRIES || !paused()) {
          throw e;
        }
      }
    }
  }

  /** Says why, once for each reason. */
  private void say(SQLException e) {
    String reason = String.valueOf(e.getMessage());
    if (!reason.equals(said)) {
      said = reason;
      System.err.println("orders: no connection to the database: " + reason);
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Keeps the timeouts of the address: the pool would set one for all hosts together, which the
   * first of them, should it hang, would use up.
   */
  @Override
  public void setLoginTimeout(int seconds) {}
}
