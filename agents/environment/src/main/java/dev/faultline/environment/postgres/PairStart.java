package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Passage;
import dev.faultline.node.relay.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the nodes of a database and starts them.
 *
 * @param plan the database
 * @param means with what servers are started
 */
record PairStart(PairPlan plan, Means means) {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  /** What came of a start. */
  record Started(Members members, Following following, Access clients) {}

  /**
   * Makes folders, passwords and relays; starts no server.
   *
   * @param relays gets what must be closed at the end, also when this fails
   */
  Started prepare(List<Passage> relays) throws IOException {
    Folders.createPrivate(plan.folder());
    Access superuser = new Access(PostgresNode.SUPERUSER, SecretFile.newSecret(), "postgres");
    Access clients = new Access(PairPlan.USER, SecretFile.newSecret(), plan.database());
    new SecretFile(plan.passwordFile()).write(clients.password());
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < plan.ports().size(); i++) {
      members.add(member(plan.nodes().get(i), plan.ports().get(i), superuser, relays));
    }
    return new Started(new Members(members), Following.of(plan, superuser), clients);
  }

  private Member member(
      String name, PairPlan.NodePorts ports, Access superuser, List<Passage> relays)
      throws IOException {
    Passage door = Passage.open(ports.door(), ports.server());
    relays.add(door);
    Passage replication = Passage.open(ports.replication(), ports.server());
    relays.add(replication);
    if (plan.replicationDelay().isPositive()) {
      replication.delay(Way.FROM_TARGET, plan.replicationDelay());
    }
    Path home = Folders.createPrivate(plan.folder().resolve(name));
    return new Member(
        new PostgresNode(name, means, home, ports.server(), superuser),
        door,
        replication,
        superuser);
  }

  /** Starts the servers, and waits until they are whole. */
  void start(Started pair) throws NodeFailure, IOException, InterruptedException {
    Member primary = pair.members().primary();
    Optional<Member> standby = pair.members().other();
    primary.node().initialise();
    if (standby.isPresent()) {
      standby.get().node().data().copyCold(primary.node().data());
      standby.get().node().data().beStandby();
    }
    primary.node().start(pair.following().primary());
    if (standby.isPresent()) {
      standby.get().node().start(pair.following().standbyOf(primary, standby.get().name()));
    }
    Deadline deadline = Deadline.in(READY_WITHIN);
    primary.node().awaitAnswer(deadline);
    makeDatabase(primary.node(), pair.clients());
    if (standby.isPresent()) {
      standby.get().node().awaitAnswer(deadline);
      pair.following().awaitStreaming(standby.get(), primary, deadline);
      if (plan.isSynchronous()) {
        pair.following().beSynchronous(standby.get(), primary, deadline);
      }
    }
  }

  private static void makeDatabase(PostgresNode node, Access clients) throws NodeFailure {
    try (Connection connection = node.connect(READY_WITHIN)) {
      clients.create(connection);
    } catch (SQLException failure) {
      throw new NodeFailure(
          "%s refuses a new database: %s".formatted(node.name(), Access.reason(failure)), failure);
    }
  }
}
