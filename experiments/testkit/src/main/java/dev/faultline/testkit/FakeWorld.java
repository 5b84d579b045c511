package dev.faultline.testkit;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.RouteFit;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * A world in memory and in simulated time: processes, programs {@code break X}, {@code mend X} and
 * {@code check X}, fuses, series; it records every deed, and can be twisted to fail, lie or hang.
 */
public final class FakeWorld implements Habitat {

  /** An action with what came of it, and when it was done. */
  public record Deed(Duration at, Action action, Effect effect) {
    @Override
    public String toString() {
      return effect instanceof Effect.Done
          ? action.describe()
          : "%s: %s".formatted(action.describe(), effect.getClass().getSimpleName());
    }
  }

  /** What {@link #prepare} does. */
  @FunctionalInterface
  public interface Preparation {
    /** Makes ready, or says why not. */
    void run() throws NotReady, InterruptedException;
  }

  private final SimulatedTime time;
  private final FakeProcesses processes = new FakeProcesses(new TreeMap<>());
  private final FakeDatabases databases = new FakeDatabases();
  private final FakeLinks links = new FakeLinks();
  private final FakeNetworks networks = new FakeNetworks();
  private final FakeRouters routers = new FakeRouters();
  private final FakeMachine machine = new FakeMachine();
  private final FakeHolders holders = new FakeHolders(machine, networks);
  private final FakeFuses fuses = new FakeFuses(this::carryOut);
  private final FakeHosts hosts = new FakeHosts();
  private final FakePrograms programs = new FakePrograms();
  private final FakeSeries series;
  private final FakeCluster cluster = new FakeCluster();
  private final List<Function<Action, Optional<Effect>>> actionTwists = new ArrayList<>();
  private final List<Function<Query, Optional<Answer>>> queryTwists = new ArrayList<>();
  private final List<Deed> deeds = new ArrayList<>();
  private final List<Duration> renewals = new ArrayList<>();
  private Function<Duration, Answer> accounts =
      _ -> new Answer.Unanswered(BlindReason.NO_DATA, "no ledger is kept");
  private Preparation preparation = () -> {};
  private final FakeLoad load = new FakeLoad();
  private final FakeDescriptors descriptors = new FakeDescriptors(processes.byName());
  private final FakeClocks clocks = new FakeClocks(processes.byName());

  /** A world without anything in it. */
  public FakeWorld(SimulatedTime time) {
    this.time = time;
    this.series = new FakeSeries(time);
  }

  /** Adds a process that stays gone when it ends. */
  public FakeWorld process(String name) {
    processes.add(name, Optional.empty());
    return this;
  }

  /** Adds a process that is started again when it ends. */
  public FakeWorld process(String name, Duration restart) {
    processes.add(name, Optional.of(restart));
    return this;
  }

  /** Adds a database whose second node takes over so long after the first was lost. */
  public FakeWorld database(String name, Duration takesOver) {
    return database(name, takesOver, takesOver);
  }

  /** And whose first node stands by so long after it was lost. */
  public FakeWorld database(String name, Duration takesOver, Duration rebuilt) {
    databases.add(name, takesOver, rebuilt);
    return this;
  }

  /** Adds a link, on which there is traffic or is none. */
  public FakeWorld link(String from, String to, boolean traffic) {
    links.add(from, to, traffic);
    return this;
  }

  /** Adds a network namespace, in which Faultline itself is or is not. */
  public FakeWorld network(String name, boolean shared) {
    networks.add(name, shared);
    return this;
  }

  /** Adds another machine, which is a world of its own. */
  public FakeWorld host(String name, FakeWorld there) {
    hosts.add(name, there);
    return this;
  }

  /** The cluster beside it. */
  public FakeCluster cluster() {
    return cluster;
  }

  /** Says whose the table of the ledger is. */
  public FakeWorld table(String database, Answer.Owner owner) {
    databases.named(database).table(owner);
    return this;
  }

  /** What the ledger is found to have kept, which may depend on the time. */
  public FakeWorld accounts(Function<Duration, Answer> account) {
    accounts = account;
    return this;
  }

  /** The routers of this world. */
  public FakeRouters routers() {
    return routers;
  }

  /** Adds a series of one number. */
  public FakeWorld series(String expression, DoubleSupplier value) {
    return answers(expression, now -> number(value.getAsDouble()));
  }

  /** Adds an expression with whatever answer, which may depend on the time. */
  public FakeWorld answers(String expression, Function<Duration, Answer> answer) {
    series.put(expression, answer);
    return this;
  }

  /** The answer of Prometheus that is one number. */
  public Answer number(double value) {
    return series.number(value);
  }

  /**
   * Lets actions meet with something else than they should; the first twist that answers counts.
   */
  public FakeWorld twistAction(Function<Action, Optional<Effect>> twist) {
    actionTwists.add(twist);
    return this;
  }

  /** Lets questions meet with something else than they should. */
  public FakeWorld twistQuery(Function<Query, Optional<Answer>> twist) {
    queryTwists.add(twist);
    return this;
  }

  /** What happens in {@link #prepare}. */
  public FakeWorld preparing(Preparation run) {
    preparation = run;
    return this;
  }

  /** Whether a process is stopped or gone. */
  public boolean isDown(String process) {
    return state(process) != ProcessState.RUNNING;
  }

  /** How a process stands now. */
  public ProcessState state(String process) {
    settle();
    return processes.found(process).state();
  }

  /** Whether {@code break} was run for this, and {@code mend} not since. */
  public boolean isBroken(String what) {
    settle();
    return programs.isBroken(what);
  }

  /** Ends a process without anybody's doing. */
  public void vanish(String process) {
    processes.found(process).end(time.ticks());
  }

  /** What was done, but for renewals of the lease. */
  public List<Deed> deeds() {
    return List.copyOf(deeds);
  }

  /** When the lease was renewed. */
  public List<Duration> renewals() {
    return List.copyOf(renewals);
  }

  /** The fuses that acted. */
  public List<String> fired() {
    settle();
    return fuses.fired();
  }

  /** Everything that is not as it was: what a probe would find. */
  public List<String> residue() {
    settle();
    List<String> left = new ArrayList<>();
    processes.byName().values().stream()
        .filter(process -> process.state() == ProcessState.STOPPED)
        .forEach(process -> left.add("frozen " + process.name()));
    left.addAll(databases.residue());
    left.addAll(links.residue());
    left.addAll(holders.marks());
    left.addAll(descriptors.residue());
    left.addAll(clocks.residue());
    left.addAll(hosts.residue());
    left.addAll(cluster.residue());
    left.addAll(programs.residue());
    fuses.names().forEach(fuse -> left.add("fuse " + fuse));
    left.addAll(load.residue());
    return left;
  }

  @Override
  public Facts facts(Target target) {
    settle();
    if (!target.host().isEmpty()) {
      return hosts.facts(target);
    }
    if (cluster.knows(target)) {
      return cluster.facts(target);
    }
    if (!target.database().isEmpty()) {
      return databases.facts(target);
    }
    if (target.link().isPresent()) {
      return links.facts(target.link().get());
    }
    if (!target.netns().isEmpty()) {
      return networks.facts(target.netns());
    }
    return processes.facts(target.names());
  }

  @Override
  public Effect apply(Action action) {
    Optional<Effect> twisted = twisted(actionTwists, action);
    settle();
    Effect effect = twisted.orElseGet(() -> carryOut(action));
    if (action instanceof Action.RenewLease) {
      renewals.add(time.ticks());
    } else {
      deeds.add(new Deed(time.ticks(), action, effect));
    }
    return effect;
  }

  private static <A, B> Optional<B> twisted(List<Function<A, Optional<B>>> twists, A subject) {
    for (Function<A, Optional<B>> twist : List.copyOf(twists)) {
      Optional<B> twisted = twist.apply(subject);
      if (twisted.isPresent()) {
        return twisted;
      }
    }
    return Optional.empty();
  }

  /** Does what an action asks for, whatever the twists say. */
  public Effect carryOut(Action action) {
    return switch (action) {
      case Action.OnHost there -> hosts.named(there.host()).apply(there.action());
      case Action.InCluster deed -> cluster.apply(deed, time.ticks());
      case Action.SendSignal signal -> processes.signal(signal, time.ticks());
      case Action.LimitDescriptors limit -> descriptors.limit(limit);
      case Action.FreeDescriptors free -> descriptors.free(free);
      case Action.ShiftClock shift -> clocks.shift(shift);
      case Action.RestoreClock restore -> clocks.restore(restore);
      case Action.RunCommand command -> programs.run(command.argv());
      case Action.ArmFuse arm -> fuses.arm(arm, time.ticks());
      case Action.DisarmFuse disarm -> fuses.disarm(disarm.name());
      case Action.FireFuse fire -> fuses.fire(fire.name());
      case Action.RenewLease _ -> {
        fuses.renew(time.ticks());
        machine.renew(time.ticks());
        hosts.renew();
        yield new Effect.Done("renewed");
      }
      case Action.StartLoad _ -> load.start();
      case Action.SurgeLoad surge -> load.surge(surge);
      case Action.EndSurge _ -> load.endSurge();
      case Action.StopLoad _ -> load.stop();
      case Action.FailOver take -> databases.failOver(take, time.ticks());
      case Action.Reconnect join -> databases.reconnect(join);
      case Action.OpenLedger open -> databases.open(open);
      case Action.DropLedger drop -> databases.drop(drop);
      case Action.DisturbLink disturb -> links.disturb(disturb);
      case Action.RestoreLink restore -> links.restore(restore);
      case Action.DisturbPackets disturb -> networks.disturb(disturb);
      case Action.RestorePackets restore -> networks.restore(restore);
      case Action.HoldStrain hold -> machine.hold(hold, time.ticks());
      case Action.EndStrain end -> machine.end(end);
      case Action.EndHolders _ -> holders.endAll();
      case Action.ShiftTraffic shift -> routers.shift(shift);
    };
  }

  @Override
  public Answer ask(Query query) {
    Optional<Answer> twisted = twisted(queryTwists, query);
    settle();
    return twisted.orElseGet(() -> answer(query));
  }

  /** Answers as things are, whatever the twists say. */
  public Answer answer(Query query) {
    return switch (query) {
      case Query.OnHost there -> hosts.named(there.host()).ask(there.query());
      case RouteFit fit -> routers.status(new Query.RouteStatus(fit.route()));
      case Query.OfCluster question -> cluster.answer(question);
      case Query.ProcessStatus status -> new Answer.ProcessIs(processes.state(status.process()));
      case Query.DescriptorStatus status -> descriptors.status(status);
      case Query.ClockPossible possible -> clocks.possible(possible);
      case Query.ClockStatus status -> clocks.status(status);
      case Query.FuseStatus fuse -> new Answer.FuseIs(fuses.isArmed(fuse.name()));
      case Query.Marks _ -> new Answer.Marked(fuses.names(), holders.marks());
      case Query.CommandStatus command ->
          new Answer.Exited(programs.isBroken(command.argv().getLast()) ? 0 : 1, "");
      case Query.PromInstant prom -> series.answer(prom.expression());
      case Query.PromRange prom -> series.answer(prom.expression());
      case Query.AlertStatus alert -> series.answer(alert.text());
      case Query.HttpProbe probe -> series.answer(probe.text());
      case Query.LoadStatus _ -> new Answer.LoadFigures(List.of());
      case Query.LoadRate _ -> load.rate();
      case Query.DatabaseStatus status -> databases.status(status);
      case Query.NodeStatus node -> databases.node(node);
      case Query.SqlNumber sql -> series.selected(sql.statement());
      case Query.LedgerTable table -> databases.table(table);
      case Query.LinkStatus status -> links.status(status);
      case Query.PacketStatus status -> networks.status(status);
      case Query.StrainStatus status -> machine.status(status);
      case Query.RoomFor room -> machine.room(room);
      case Query.PacketsPossible _ -> new Answer.PacketsAre(Optional.empty());
      case Query.AddressesOf of -> networks.addresses(of);
      case Query.RouteStatus status -> routers.status(status);
      case Query.LedgerStatus _ -> accounts.apply(time.ticks());
    };
  }

  /** Whatever was to happen by itself until now. */
  private void settle() {
    Duration now = time.ticks();
    processes.byName().values().forEach(process -> process.settle(now));
    databases.settle(now);
    machine.settle(now);
    cluster.settle(now);
    fuses.settle(now);
  }

  @Override
  public boolean startsWithRun() {
    return false;
  }

  @Override
  public void prepare() throws NotReady {
    try {
      preparation.run();
    } catch (InterruptedException halted) {
      Thread.currentThread().interrupt();
      throw new NotReady("interrupted", halted);
    }
  }

  @Override
  public void close() {
    load.stop();
  }
}
