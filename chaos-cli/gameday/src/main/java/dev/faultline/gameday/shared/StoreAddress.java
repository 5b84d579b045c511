package dev.faultline.gameday.shared;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the store of several schedulers is: what its user wrote, with bounds where he wrote none.
 *
 * @param url without a password
 * @param schema where its tables are
 */
public record StoreAddress(String url, String schema) {

  private static final String SCHEMA = "faultline_schedule";
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final List<PGProperty> SECRETS =
      List.of(PGProperty.PASSWORD, PGProperty.SSL_PASSWORD);

  /**
   * Reads an address such as {@code
   * jdbc:postgresql://db.example/ops?user=faultline&sslmode=verify-full}.
   *
   * @throws StoreRefused when it is none of PostgreSQL, or has a password in it
   */
  public static StoreAddress of(String url) throws StoreRefused {
    Properties nothing = new Properties();
    Optional<Properties> read = Optional.ofNullable(Driver.parseURL(url, nothing));
    if (read.isEmpty()) {
      throw new StoreRefused(
          "the store is no PostgreSQL",
          "its address does not begin with jdbc:postgresql://, or cannot be read",
          "write jdbc:postgresql://HOST:PORT/DATABASE?user=USER");
    }
    for (PGProperty secret : SECRETS) {
      if (Pattern.compile("[?&]" + secret.getName() + "=").matcher(url).find()) {
        throw new StoreRefused(
            "the address of the store has a password in it",
            "whoever lists the processes of this machine would read it",
            "put it into a file of mode 0600 (--store-password-file), FAULTLINE_STORE_PASSWORD or"
                + " ~/.pgpass");
      }
    }
    String schema =
        Optional.ofNullable(read.get().getProperty(PGProperty.CURRENT_SCHEMA.getName()))
            .orElse(SCHEMA);
    if (!NAME.matcher(schema).matches()) {
      throw new StoreRefused(
          "'%s' is no schema of the store's own".formatted(schema),
          "currentSchema names one, of small letters, digits and _",
          "leave it out, for " + SCHEMA);
    }
    return new StoreAddress(url, schema);
  }

  /** As it is told: host, port and database, and nothing that somebody wrote behind them. */
  public String shown() {
    int end = url.indexOf('?');
    String place = end < 0 ? url : url.substring(0, end);
    return place.substring("jdbc:".length());
  }

  /** Whether its user wrote this property. */
  boolean says(PGProperty property) {
    return Pattern.compile("[?&]" + Pattern.quote(property.getName()) + "=").matcher(url).find();
  }
}
