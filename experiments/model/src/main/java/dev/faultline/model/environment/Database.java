package dev.faultline.model.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import java.util.Optional;

/**
 * A PostgreSQL that runs already and that Faultline did not start.
 *
 * @param jdbc its address, with every node: {@code jdbc:postgresql://HOST:PORT,HOST:PORT/NAME};
 *     never with a password
 * @param user who connects; the user of the operating system when absent
 * @param passwordFile file with the password, in the folder of the environment's file or absolute;
 *     read anew for each connection, never stored
 * @param failover how it can be made to fail over; such faults are refused when absent
 */
public record Database(
    String jdbc, Optional<String> user, Optional<String> passwordFile, Optional<Failing> failover) {

  /** Refuses what is no address of PostgreSQL, and addresses that hold a secret. */
  public Database {
    InvalidValue.required(jdbc, "jdbc");
    if (!jdbc.matches("jdbc:postgresql://[^\\s/?@]+/[^\\s/?]+(\\?\\S*)?")) {
      throw new InvalidValue(
          "jdbc",
          "this is not an address of PostgreSQL; write it as"
              + " jdbc:postgresql://HOST:5432,HOST:5432/NAME");
    }
    if (jdbc.matches("(?i).*[?&](password|sslpassword)=.*")) {
      throw new InvalidValue(
          "jdbc",
          "a password does not belong into a file; put it into one of its own: passwordFile");
    }
  }

  /**
   * How a database is made to fail over.
   *
   * @param means who does it
   */
  public record Failing(@OneOf FailoverMeans means) {
    /** Reads the one means. */
    @JsonCreator
    public Failing {}
  }
}
