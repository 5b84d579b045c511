package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Deadline;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Log;
import dev.faultline.environment.postgres.NodeFailure;
import dev.faultline.node.Child;
import dev.faultline.node.ChildOutput.Append;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one etcd of a cluster, in which its agents agree who leads. Thread-safe. */
final class EtcdServer {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final PatroniPlan plan;
  private final PatroniMeans means;
  private volatile Optional<Child> life = Optional.empty();

  EtcdServer(PatroniPlan plan, PatroniMeans means) {
    this.plan = plan;
    this.means = means;
  }

  /** Starts it, and waits until it answers. */
  void start(LeaderLock lock, Deadline deadline) throws NodeFailure, InterruptedException {
    Path home = plan.folder().resolve(PatroniPlan.etcd(plan.name()));
    Append output = new Append(home.resolve("log"));
    try {
      Folders.createPrivate(home);
      life =
          Optional.of(
              means.lives().start(new ChildSpec(command(home), Map.of(), home, output, output)));
    } catch (IOException failure) {
      throw new NodeFailure("etcd cannot be started: " + failure.getMessage(), failure);
    }
    await(lock, deadline, new Log(output.file()));
  }

  private List<String> command(Path home) {
    String clients = "http://127.0.0.1:" + plan.etcd();
    String peers = "http://127.0.0.1:" + plan.etcdPeer();
    return List.of(
        means.etcd().toString(),
        "--name=etcd",
        "--data-dir=" + home.resolve("data"),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=etcd=" + peers);
  }

  private void await(LeaderLock lock, Deadline deadline, Log log)
      throws NodeFailure, InterruptedException {
    while (true) {
      try {
        lock.holder();
        return;
      } catch (IOException notYet) {
        if (deadline.isOver() || !isAlive()) {
          throw new NodeFailure(
              "etcd does not answer: %s%s".formatted(notYet.getMessage(), log.quoted()), notYet);
        }
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  boolean isAlive() {
    return life.map(child -> child.process().isAlive()).orElse(false);
  }

  Optional<ProcessIdentity> identity() {
    return life.map(Child::identity);
  }

  /** Ends it at once. */
  void kill() {
    life.ifPresent(child -> child.process().destroyForcibly());
  }
}
