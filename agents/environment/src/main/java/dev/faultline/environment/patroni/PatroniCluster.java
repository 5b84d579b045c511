package dev.faultline.environment.patroni;

import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Passage;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.environment.postgres.NodeFailure;
import dev.faultline.environment.postgres.NodesState;
import dev.faultline.environment.postgres.ServerUser;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Instance.DatabaseInstance;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Sighting.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * PostgreSQL under Patroni, as high availability is run in production: each node has an agent, and
 * the agents agree through one etcd who leads.
 *
 * <p>Clients and other nodes reach a node by relays, and each node reaches etcd by one of its own,
 * so that a node can be cut off while it lives. Thread-safe.
 */
public final class PatroniCluster implements StartedDatabase {

  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(5);
  private static final Duration BEYOND_TTL = Duration.ofSeconds(60);

  private final PatroniPlan plan;
  private final Path cache;
  private final Lives lives;
  private final Consumer<Sighting> sightings;
  private final Loopback http = new Loopback();
  private final List<Passage> relays = new CopyOnWriteArrayList<>();
  private volatile Optional<PatroniStart.Started> started = Optional.empty();
  private volatile Optional<Thread> watch = Optional.empty();
  private volatile boolean over;

  /**
   * Nothing is started yet.
   *
   * @param cache where programs are kept that are not installed
   * @param lives starts the processes
   * @param sightings hears what the cluster does, from any thread
   */
  public PatroniCluster(PatroniPlan plan, Path cache, Lives lives, Consumer<Sighting> sightings) {
    this.plan = plan;
    this.cache = cache;
    this.lives = lives;
    this.sightings = sightings;
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public void start() throws NotReady, InterruptedException {
    try {
      PatroniMeans means = means();
      long began = System.nanoTime();
      PatroniStart start = new PatroniStart(plan, means, http);
      PatroniStart.Started made = start.prepare(relays);
      started = Optional.of(made);
      start.start(made);
      progress(
          "%s ready in %s (%d nodes under Patroni, %s)"
              .formatted(
                  plan.name(),
                  Seconds.since(began),
                  plan.spec().size(),
                  plan.isSynchronous() ? "synchronous" : "asynchronous"));
    } catch (NodeFailure | IOException failure) {
      throw new NotReady("%s: %s".formatted(plan.name(), failure.getMessage()), failure);
    }
  }

  private PatroniMeans means() throws NotReady, InterruptedException {
    Tools tools = new Tools(lives, plan.folder().resolveSibling(""));
    Shelf shelf = new Shelf(cache.toAbsolutePath(), tools, this::progress);
    return new PatroniMeans(
        PatroniSearch.ofThisMachine(shelf).find(),
        ServerSearch.ofThisMachine(shelf).find(),
        EtcdProgram.ofThisMachine(shelf).find(),
        ServerUser.choose(tools),
        lives);
  }

  @Override
  public void watch() throws NotReady {
    PatroniStart.Started cluster =
        started.orElseThrow(() -> new NotReady(plan.name() + " was not started"));
    try {
      for (PatroniMember member : cluster.roster().all()) {
        member.node().requireAgent();
      }
    } catch (NodeFailure ended) {
      throw new NotReady(String.valueOf(ended.getMessage()), ended);
    }
    // The first node leads by then; should another, the first look tells it.
    String leader = cluster.roster().all().getFirst().name();
    PatroniWatch watching =
        new PatroniWatch(cluster, leader, plan.ttl().plus(BEYOND_TTL), this::tell);
    watch = Optional.of(Thread.ofVirtual().name("patroni-" + name()).start(watching));
  }

  @Override
  public DatabaseInstance instance() {
    DatabaseInstance rest = PatroniPlan.atRest(plan.name());
    return started.isEmpty() || over
        ? rest
        : new DatabaseInstance(rest.name(), rest.owner(), Optional.of(state()), rest.way());
  }

  @Override
  public DatabaseState state() {
    return started.map(this::state).orElseGet(() -> PatroniPlan.down(plan.name(), plan.spec()));
  }

  private DatabaseState state(PatroniStart.Started cluster) {
    try {
      Optional<PatroniMember> leader = cluster.leader();
      return new NodesState(
              cluster.roster().all(),
              leader.map(PatroniMember::name).orElse(""),
              leader.isPresent() ? settings(leader.get()) : Map.of())
          .now();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return PatroniPlan.down(plan.name(), plan.spec());
    }
  }

  private static Map<String, String> settings(PatroniMember leader) throws InterruptedException {
    try {
      return leader.api().settings();
    } catch (IOException silent) {
      return Map.of();
    }
  }

  @Override
  public Answer node(String node) {
    return started
        .map(PatroniStart.Started::roster)
        .flatMap(roster -> node.isEmpty() ? roster.lost() : roster.named(node))
        .map(NodesState::one)
        .<Answer>map(now -> new Answer.NodeIs(now.role(), now.detail()))
        .orElseGet(
            () ->
                new Answer.Unanswered(
                    BlindReason.REFUSED,
                    node.isEmpty()
                        ? "no node of %s lost its role".formatted(name())
                        : "%s has no node %s".formatted(name(), node)));
  }

  @Override
  public Optional<ProcessInstance> process(String process) {
    return started.flatMap(cluster -> new PatroniProcesses(plan, cluster).named(process));
  }

  @Override
  public Effect failOver(Action.FailOver action) {
    if (started.isEmpty() || over) {
      return new Effect.Failed(name() + " does not run");
    }
    try {
      return new PatroniFaults(started.get()).take(action);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  @Override
  public Effect reconnect(Action.Reconnect action) {
    return started
        .map(cluster -> PatroniFaults.join(cluster.roster(), action))
        .orElseGet(() -> new Effect.Done("it does not run any more"));
  }

  @Override
  public Connection connect(Duration patience) throws SQLException {
    PatroniStart.Started cluster =
        started.orElseThrow(() -> new SQLException(name() + " does not run", "08001"));
    return cluster.clients().toPrimary(plan.doors(), patience);
  }

  @Override
  public void announceEnd() {
    over = true;
    watch.ifPresent(Thread::interrupt);
  }

  @Override
  public void end() throws InterruptedException {
    announceEnd();
    if (watch.isPresent()) {
      watch.get().join(STOPPED_WITHIN);
    }
    if (started.isPresent()) {
      for (PatroniMember member : started.get().roster().all()) {
        try {
          member.node().kill();
        } catch (NodeFailure left) {
          sightings.accept(new Sighting(Kind.NOTE, "lab", String.valueOf(left.getMessage())));
        }
      }
      started.get().etcd().kill();
    }
    relays.forEach(Passage::close);
    http.close();
  }

  private void progress(String words) {
    sightings.accept(new Sighting(Kind.PROGRESS, "lab", words));
  }

  private void tell(Kind kind, String words) {
    if (!over) {
      sightings.accept(new Sighting(kind, "patroni", words));
    }
  }
}
