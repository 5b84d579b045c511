package dev.faultline.model.environment;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.OneOf;
import java.util.Optional;

/**
 * A database that runs already and that Faultline did not start.
 *
 * @param store what it is, and where
 * @param user who connects; the user of the operating system when absent
 * @param passwordFile file with the password, in the folder of the environment's file or absolute;
 *     read anew for each connection, never stored
 * @param failover how it can be made to fail over; such faults are refused when absent
 */
public record Database(
    @OneOf Store store,
    Optional<String> user,
    Optional<String> passwordFile,
    Optional<Failing> failover) {

  /** Refuses what an etcd cannot have. */
  public Database {
    if (store instanceof Store.Etcd) {
      refuse(user, "user", "an etcd that asks who one is cannot be spoken to");
      refuse(passwordFile, "passwordFile", "an etcd that asks for a password cannot be spoken to");
      refuse(
          failover,
          "failover",
          "an etcd chooses its leader itself; cut the leader off by a 'partition' of its packets,"
              + " or kill its process");
    }
  }

  /** A PostgreSQL, by its address. */
  public Database(
      String jdbc,
      Optional<String> user,
      Optional<String> passwordFile,
      Optional<Failing> failover) {
    this(new Store.Jdbc(jdbc), user, passwordFile, failover);
  }

  private static void refuse(Optional<?> value, String key, String why) {
    if (value.isPresent()) {
      throw new InvalidValue(key, why);
    }
  }

  /** The address of a PostgreSQL; empty of another database. */
  public Optional<String> jdbc() {
    return switch (store) {
      case Store.Jdbc postgres -> Optional.of(postgres.address());
      case Store.Etcd _ -> Optional.empty();
    };
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
