package dev.faultline.environment.database.named;

import dev.faultline.environment.database.ManagedDatabase;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.environment.Database;
import dev.faultline.model.environment.FailoverMeans;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Sighting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A PostgreSQL that the user names; what is asked of it changes nothing in it. Thread-safe. */
public final class NamedDatabase implements ManagedDatabase {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String name;
  private final Address address;
  private final Optional<Means> means;
  private final Watch watch;
  private final AtomicReference<String> taken = new AtomicReference<>("");

  /**
   * Nothing is connected before it is asked for.
   *
   * @param base the folder of the environment's file
   * @param sightings hears what is seen of a failover
   */
  public NamedDatabase(String name, Database database, Path base, Consumer<Sighting> sightings) {
    this.name = name;
    this.address = new Address(database, base);
    this.means = database.failover().map(failing -> means(failing.means(), base, sightings));
    this.watch = new Watch(name, address, sightings);
  }

  private static Means means(FailoverMeans means, Path base, Consumer<Sighting> sightings) {
    return switch (means) {
      case FailoverMeans.Command command -> new Programs(command);
      case FailoverMeans.Patroni patroni -> new Patroni(patroni, base, sightings);
      case FailoverMeans.Kubernetes kubernetes -> new PodDeletion(kubernetes);
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DatabaseInstance instance() {
    Optional<FailoverWay> way = means.map(Means::way);
    return new DatabaseInstance(name, String.join(",", address.nodes()), Optional.of(state()), way);
  }

  @Override
  public DatabaseState state() {
    List<NodeProbe> probes = Probes.of(address, PATIENCE);
    Optional<NodeProbe> primary =
        probes.stream().filter(probe -> probe.node().role() == NodeRole.PRIMARY).findFirst();
    Map<String, String> settings = new TreeMap<>();
    means.ifPresent(asked -> settings.putAll(asked.settings()));
    primary.ifPresent(probe -> settings.putAll(probe.settings()));
    return new DatabaseState(
        probes.stream().map(probe -> probe.behind(primary.flatMap(NodeProbe::position))).toList(),
        settings);
  }

  @Override
  public Answer node(String node) {
    String asked = node.isEmpty() ? taken.get() : node;
    if (!address.nodes().contains(asked)) {
      return new Answer.Unanswered(
          BlindReason.NO_DATA,
          asked.isEmpty()
              ? "the primary of %s was not known".formatted(name)
              : "%s has no node %s".formatted(name, asked));
    }
    watchAfter(asked);
    DatabaseState.Node found = Probes.one(address, asked, PATIENCE).node();
    return new Answer.NodeIs(found.role(), found.detail());
  }

  /** Whoever asks for a node by name, or takes one, wants to know what comes after it. */
  private void watchAfter(String node) {
    if (means.filter(Means::isSilent).isPresent()) {
      watch.beginAfter(node);
    }
  }

  @Override
  public Effect failOver(Action.FailOver action) {
    if (means.isEmpty()) {
      return new Effect.Failed("nothing says how %s can be made to fail over".formatted(name));
    }
    List<DatabaseState.Node> primaries = state().with(NodeRole.PRIMARY);
    if (primaries.size() != 1) {
      return new Effect.Failed("%s has %d primaries that answer".formatted(name, primaries.size()));
    }
    String primary = primaries.getFirst().name();
    if (!action.node().isEmpty() && !action.node().equals(primary)) {
      return new Effect.Superseded(
          "%s is no longer the primary, %s is".formatted(action.node(), primary));
    }
    taken.set(primary);
    watchAfter(primary);
    return means.get().take(action.kind(), primary);
  }

  @Override
  public Effect reconnect(Action.Reconnect action) {
    return new Effect.Done("%s was not cut off by these hands".formatted(name));
  }

  @Override
  public Connection connect(Duration patience) throws SQLException {
    return address.primary(patience);
  }

  @Override
  public void stopWatching() {
    watch.close();
  }

  @Override
  public boolean endsWithRun() {
    return false;
  }
}
