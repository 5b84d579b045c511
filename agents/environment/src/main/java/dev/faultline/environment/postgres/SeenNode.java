package dev.faultline.environment.postgres;

import java.sql.SQLException;
import java.time.Duration;

/** A server with what can be seen of it. Thread-safe. */
public interface SeenNode {

  /** What people call it. */
  String name();

  /** Whether its first process lives, frozen or not. */
  boolean isAlive();

  /** Whether it is kept from being reached. */
  boolean isCut();

  /**
   * What it says of itself, by the way of clients.
   *
   * @throws SQLException when it does not answer in time; its message holds no secret
   */
  ServerReport report(Duration patience) throws SQLException;
}
