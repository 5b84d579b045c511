package dev.faultline.environment.postgres;

import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Passage;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.environment.lives.Tools;
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
import dev.faultline.node.relay.Relay;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A primary, the node that stands by for it, and a controller that lets that one take over.
 *
 * <p>Clients, the controller's checks and the replication reach a node by relays, so that a node
 * can be cut off while it lives. Thread-safe.
 */
public final class PostgresPair implements StartedDatabase {

  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(5);

  private final PairPlan plan;
  private final Path cache;
  private final Lives lives;
  private final Consumer<Sighting> sightings;
  private final ServerUser.Choice user;
  private final ReentrantLock changing = new ReentrantLock(true);
  private final List<Passage> relays = new CopyOnWriteArrayList<>();
  private volatile Optional<PairStart.Started> started = Optional.empty();
  private volatile Optional<Thread> controller = Optional.empty();
  private volatile boolean over;

  /**
   * Nothing is started yet.
   *
   * @param cache where the programs of PostgreSQL are kept
   * @param lives starts the servers
   * @param sightings hears what the controller does, from any thread
   */
  public PostgresPair(PairPlan plan, Path cache, Lives lives, Consumer<Sighting> sightings) {
    this(plan, cache, lives, sightings, ServerUser::choose);
  }

  /** With another choice of the user that servers run as. */
  PostgresPair(
      PairPlan plan,
      Path cache,
      Lives lives,
      Consumer<Sighting> sightings,
      ServerUser.Choice user) {
    this.plan = plan;
    this.cache = cache;
    this.lives = lives;
    this.sightings = sightings;
    this.user = user;
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public void start() throws NotReady, InterruptedException {
    try {
      Tools tools = new Tools(lives, plan.folder().resolveSibling(""));
      PostgresProgram program =
          PostgresProgram.find(
              cache.resolve("postgres"),
              words -> sightings.accept(new Sighting(Kind.PROGRESS, "lab", words)));
      long began = System.nanoTime();
      PairStart start = new PairStart(plan, new Means(program, user.choose(tools), lives, tools));
      PairStart.Started made = start.prepare(relays);
      started = Optional.of(made);
      start.start(made);
      sightings.accept(
          new Sighting(
              Kind.PROGRESS,
              "lab",
              "%s ready in %s (%s)".formatted(plan.name(), Seconds.since(began), words())));
    } catch (NodeFailure | IOException failure) {
      throw new NotReady("%s: %s".formatted(plan.name(), failure.getMessage()), failure);
    }
  }

  private String words() {
    if (!plan.spec().standsBy()) {
      return "a primary alone";
    }
    return "primary and standby, "
        + switch (plan.spec().acknowledges()) {
          case SYNCHRONOUS -> "synchronous";
          case REMOTE_APPLY -> "synchronous, remote apply";
          case ASYNCHRONOUS -> "asynchronous";
        };
  }

  @Override
  public void watch() throws NotReady {
    PairStart.Started pair =
        started.orElseThrow(() -> new NotReady(plan.name() + " was not started"));
    for (Member member : pair.members().all()) {
      try {
        member.node().requireLife();
      } catch (NodeFailure ended) {
        throw new NotReady(String.valueOf(ended.getMessage()), ended);
      }
    }
    if (plan.spec().standsBy()) {
      FailoverController watching =
          new FailoverController(
              plan.spec().watchedBy(), pair.members(), succession(pair), changing, this::tell);
      controller = Optional.of(Thread.ofVirtual().name("controller-" + name()).start(watching));
    }
  }

  private Succession succession(PairStart.Started pair) {
    return new Succession(plan, pair.members(), pair.following(), this::tell);
  }

  @Override
  public DatabaseInstance instance() {
    DatabaseInstance rest = PairPlan.atRest(plan.name());
    return started.isEmpty() || over
        ? rest
        : new DatabaseInstance(rest.name(), rest.owner(), Optional.of(state()), rest.way());
  }

  @Override
  public DatabaseState state() {
    return started
        .map(pair -> state(pair.members()))
        .orElseGet(() -> PairPlan.down(plan.name(), plan.spec()));
  }

  private DatabaseState state(Members members) {
    return new NodesState(members.all(), members.primary().name(), plan.settings()).now();
  }

  @Override
  public Answer node(String node) {
    return started
        .flatMap(pair -> node.isEmpty() ? pair.members().lost() : pair.members().named(node))
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
    return started.flatMap(pair -> new PairProcesses(plan, pair.members()).named(process));
  }

  @Override
  public List<Relay> replication() {
    return started.map(pair -> pair.members().all()).orElse(List.of()).stream()
        .map(member -> member.replication().relay())
        .toList();
  }

  @Override
  public Effect failOver(Action.FailOver action) {
    return change(pair -> new PairFaults(pair.members(), succession(pair)).take(action));
  }

  @Override
  public Effect reconnect(Action.Reconnect action) {
    // Without the lock: an undo must not wait for a controller that waits for a node.
    return started
        .map(pair -> PairFaults.join(pair.members(), action))
        .orElseGet(() -> new Effect.Done("it does not run any more"));
  }

  @Override
  public Connection connect(Duration patience) throws SQLException {
    PairStart.Started pair =
        started.orElseThrow(() -> new SQLException(name() + " does not run", "08001"));
    return pair.clients().toPrimary(plan.doors(), patience);
  }

  @Override
  public void announceEnd() {
    over = true;
    controller.ifPresent(Thread::interrupt);
  }

  @Override
  public void end() throws InterruptedException {
    announceEnd();
    if (controller.isPresent()) {
      controller.get().join(STOPPED_WITHIN);
    }
    for (Member member : started.map(pair -> pair.members().all()).orElse(List.of())) {
      try {
        member.node().kill();
      } catch (NodeFailure left) {
        sightings.accept(new Sighting(Kind.NOTE, "lab", String.valueOf(left.getMessage())));
      }
    }
    relays.forEach(Passage::close);
  }

  /** Changes nodes when the controller does not, within bounds. */
  private Effect change(Function<PairStart.Started, Effect> change) {
    if (started.isEmpty() || over) {
      return new Effect.Failed(name() + " does not run");
    }
    Duration bound = plan.spec().watchedBy().every().plus(Duration.ofSeconds(30));
    try {
      if (!changing.tryLock(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Effect.Failed("the controller of %s is just changing it".formatted(name()));
      }
      try {
        return change.apply(started.get());
      } finally {
        changing.unlock();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  private void tell(Kind kind, String words) {
    if (!over) {
      sightings.accept(new Sighting(kind, "controller", words));
    }
  }
}
