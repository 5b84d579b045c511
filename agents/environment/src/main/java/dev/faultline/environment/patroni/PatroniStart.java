package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Passage;
import dev.faultline.environment.patroni.PatroniPlan.NodePorts;
import dev.faultline.environment.postgres.Access;
import dev.faultline.environment.postgres.NodeFailure;
import dev.faultline.environment.postgres.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of a cluster and starts them.
 *
 * @param plan the cluster
 * @param means with what processes are started
 * @param http asks agents and etcd
 */
record PatroniStart(PatroniPlan plan, PatroniMeans means, Loopback http) {

  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What came of a start. */
  record Started(Roster roster, EtcdServer etcd, LeaderLock lock, Access clients) {

    /** The node that holds the lock; empty when nobody does, or etcd does not say. */
    Optional<PatroniMember> leader() throws InterruptedException {
      try {
        return lock.holder().flatMap(roster::named);
      } catch (IOException silent) {
        return Optional.empty();
      }
    }
  }

  /**
   * Makes folders, passwords, settings and relays; starts no process.
   *
   * @param relays gets what must be closed at the end, also when this fails
   */
  Started prepare(List<Passage> relays) throws IOException {
    Folders.createPrivate(plan.folder());
    ClusterSecrets secrets = ClusterSecrets.random(plan);
    new SecretFile(plan.passwordFile()).write(secrets.clients().password());
    List<PatroniMember> members = new ArrayList<>();
    for (NodePorts ports : plan.nodes()) {
      members.add(member(ports, secrets, relays));
    }
    return new Started(
        new Roster(members),
        new EtcdServer(plan, means),
        new LeaderLock(http, plan.etcd(), plan.name()),
        secrets.clients());
  }

  private PatroniMember member(NodePorts ports, ClusterSecrets secrets, List<Passage> relays)
      throws IOException {
    Path home = Folders.createPrivate(plan.folder().resolve(ports.node()));
    new ServerGuard(home).write();
    AgentSettings settings = new AgentSettings(plan, ports, home, means.servers().bin(), secrets);
    new SecretFile(PatroniNode.settingsIn(home)).write(settings.text());
    Passage door = Passage.open(ports.door(), ports.server());
    relays.add(door);
    Passage api = Passage.open(ports.apiDoor(), ports.api());
    relays.add(api);
    Passage etcd = Passage.open(ports.etcdDoor(), plan.etcd());
    relays.add(etcd);
    return new PatroniMember(
        new PatroniNode(ports.node(), means, home),
        new PatroniApi(http, ports.api(), secrets.api()),
        door,
        List.of(api, etcd),
        secrets.superuser());
  }

  /** Starts everything, and waits until all nodes follow. */
  void start(Started cluster) throws NodeFailure, InterruptedException {
    Deadline deadline = Deadline.in(READY_WITHIN);
    cluster.etcd().start(cluster.lock(), deadline);
    PatroniMember first = cluster.roster().all().getFirst();
    // Alone until it is bound to lead; the others then wait for it to be ready.
    first.node().start();
    awaitClaim(first, cluster.lock(), deadline);
    for (PatroniMember other : cluster.roster().all()) {
      if (!other.name().equals(first.name())) {
        other.node().start();
      }
    }
    awaitWrites(first, deadline);
    makeDatabase(first, cluster.clients());
    awaitWhole(cluster.roster(), first, deadline);
  }

  private static void awaitClaim(PatroniMember first, LeaderLock lock, Deadline deadline)
      throws NodeFailure, InterruptedException {
    while (true) {
      first.node().requireAgent();
      try {
        if (lock.isClaimed()) {
          return;
        }
      } catch (IOException notYet) {
        requireTime(deadline, first, notYet.getMessage());
      }
      requireTime(deadline, first, "its agent does not make the cluster");
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private void awaitWrites(PatroniMember first, Deadline deadline)
      throws NodeFailure, InterruptedException {
    while (true) {
      first.node().requireAgent();
      try {
        if (first.report(PATIENCE).primary()) {
          return;
        }
      } catch (SQLException notYet) {
        requireTime(deadline, first, notYet.getMessage());
      }
      requireTime(deadline, first, "it does not take writes");
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private static void makeDatabase(PatroniMember first, Access clients) throws NodeFailure {
    try (Connection connection = first.access().toServer(first.door().port(), READY_WITHIN)) {
      clients.create(connection);
    } catch (SQLException failure) {
      throw new NodeFailure(
          "%s refuses a new database: %s".formatted(first.name(), Access.reason(failure)), failure);
    }
  }

  private void awaitWhole(Roster roster, PatroniMember first, Deadline deadline)
      throws NodeFailure, InterruptedException {
    while (true) {
      for (PatroniMember member : roster.all()) {
        member.node().requireAgent();
      }
      try {
        List<PatroniApi.Listed> nodes = first.api().cluster();
        Optional<PatroniMember> waiting =
            roster.all().stream().filter(member -> !stands(member.name(), nodes)).findFirst();
        if (waiting.isEmpty() && (!plan.isSynchronous() || hasSynchronous(nodes))) {
          return;
        }
        requireTime(deadline, waiting.orElse(first), "the cluster says " + nodes);
      } catch (IOException notYet) {
        requireTime(deadline, first, notYet.getMessage());
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private static boolean stands(String name, List<PatroniApi.Listed> nodes) {
    Map<String, PatroniApi.Listed> byName = new TreeMap<>();
    nodes.forEach(node -> byName.put(node.name(), node));
    return Optional.ofNullable(byName.get(name))
        .filter(
            node ->
                node.role().equals("leader")
                    ? node.state().equals("running")
                    : node.state().equals("streaming"))
        .isPresent();
  }

  private static boolean hasSynchronous(List<PatroniApi.Listed> nodes) {
    return nodes.stream().anyMatch(node -> node.role().equals("sync_standby"));
  }

  private static void requireTime(Deadline deadline, PatroniMember member, @Nullable String why)
      throws NodeFailure {
    if (deadline.isOver()) {
      throw new NodeFailure(
          "%s is not ready: %s%s".formatted(member.name(), why, member.node().log().quoted()));
    }
  }
}
