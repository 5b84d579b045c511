package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How one node follows another.
 *
 * @param plan the database
 * @param passwordFile with the password of the superuser, as clients in C read it
 */
record Following(PairPlan plan, Path passwordFile) {

  private static final Duration ASKED = Duration.ofSeconds(2);
  private static final Duration COPIED_WITHIN = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Writes the password down, for this user only. */
  static Following of(PairPlan plan, Access superuser) throws IOException {
    Path file = plan.folder().resolve("replication");
    new SecretFile(file)
        .write("127.0.0.1:*:*:%s:%s%n".formatted(superuser.user(), superuser.password()));
    return new Following(plan, file);
  }

  /** With what a node is started that takes writes. */
  Map<String, String> primary() {
    return Map.of("synchronous_commit", plan.synchronousCommit());
  }

  /** With what a node is started that follows. */
  Map<String, String> standbyOf(Member primary, String name) {
    String address =
        "host=127.0.0.1 port=%d user=%s passfile='%s' application_name='%s' connect_timeout=5 sslmode=disable gssencmode=disable"
            .formatted(
                primary.replication().port(),
                PostgresNode.SUPERUSER,
                passwordFile.toString().replace("\\", "\\\\").replace("'", "\\'"),
                name);
    return Map.of("synchronous_commit", plan.synchronousCommit(), "primary_conninfo", address);
  }

  /** Makes a node that does not run a fresh copy of one that does, and starts it behind it. */
  void rebuild(Member standby, Member primary) throws NodeFailure, InterruptedException {
    standby.node().kill();
    try (Connection connection = primary.node().connect(COPIED_WITHIN);
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('faultline', true)");
      standby.node().data().copyOnline(primary.node().data());
      try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        end.next();
        standby.node().data().label(end.getString(1));
      }
      standby.node().data().beStandby();
    } catch (SQLException | IOException failure) {
      throw new NodeFailure(
          "%s cannot be copied from %s: %s"
              .formatted(standby.name(), primary.name(), failure.getMessage()),
          failure);
    }
    standby.node().start(standbyOf(primary, standby.name()));
  }

  /** Waits until a standby receives what the primary writes. */
  void awaitStreaming(Member standby, Member primary, Deadline deadline)
      throws NodeFailure, InterruptedException {
    while (!follower(standby, primary).map(ServerReport.Follower::streaming).orElse(false)) {
      standby.node().requireLife();
      if (deadline.isOver()) {
        throw new NodeFailure(
            "%s does not follow %s%s"
                .formatted(standby.name(), primary.name(), standby.node().log().quoted()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  /** Lets commits wait for a standby from now on, and waits until they do. */
  void beSynchronous(Member standby, Member primary, Deadline deadline)
      throws NodeFailure, InterruptedException {
    try (Connection connection = primary.node().connect(ASKED);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "alter system set synchronous_standby_names = '\"%s\"'".formatted(standby.name()));
      statement.execute("select pg_reload_conf()");
    } catch (SQLException failure) {
      throw new NodeFailure(
          "%s does not wait for %s: %s"
              .formatted(primary.name(), standby.name(), Access.reason(failure)),
          failure);
    }
    while (!follower(standby, primary).map(ServerReport.Follower::synchronous).orElse(false)) {
      if (deadline.isOver()) {
        throw new NodeFailure("%s does not wait for %s".formatted(primary.name(), standby.name()));
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private static Optional<ServerReport.Follower> follower(Member standby, Member primary)
      throws NodeFailure {
    try (Connection connection = primary.node().connect(ASKED)) {
      return Optional.ofNullable(ServerReport.over(connection).followers().get(standby.name()));
    } catch (SQLException failure) {
      throw new NodeFailure(
          "%s does not answer: %s".formatted(primary.name(), Access.reason(failure)), failure);
    }
  }
}
