package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Recovery;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.FaultRefused;
import dev.faultline.model.fault.Step;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Sql;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.LedgerStep;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedGate;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes plans. It asks the world and changes nothing. Thread-safe. */
public final class Planner {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final World world;

  /** A planner that asks this world. */
  public Planner(World world) {
    this.world = world;
  }

  /** Plans a run of which the user accepts nothing that is refused otherwise. */
  public Plan plan(LoadedExperiment experiment, long seed, boolean readings) throws Unplannable {
    return plan(experiment, seed, readings, Set.of());
  }

  /**
   * Plans a run.
   *
   * @param seed fixes every random choice, unless the experiment fixes it
   * @param readings whether something runs that the gates can be read from
   * @param accepted what the user takes upon himself
   * @throws Unplannable when a target is not there or cannot be disturbed as asked
   */
  public Plan plan(
      LoadedExperiment experiment, long seed, boolean readings, Set<Acceptance> accepted)
      throws Unplannable {
    ExperimentSpec spec = experiment.spec();
    long fixed = spec.seed().orElse(seed);
    requireDatabases(experiment, readings);
    List<PlannedFault> faults = new ArrayList<>();
    PacketNeeds needs = new PacketNeeds(world);
    RouteNeeds routes = new RouteNeeds(world, readings);
    AgentNeeds agents = new AgentNeeds(world, experiment);
    ClusterNeeds cluster = new ClusterNeeds(world, experiment);
    cluster.require();
    ClusterNeeds.Fusing fusing = cluster.fusing();
    for (FaultStep step : spec.disturbances()) {
      List<Instance> found = new Targets(world, experiment).chosen(step, fixed);
      cluster.add(step, found);
      List<Instance> instances = agents.reach(step, found);
      requireFit(experiment, step, instances, routes);
      Fault.Setting setting = setting(step, experiment, fixed, fusing);
      faults.add(Endings.of(experiment, step, fault(experiment, step, setting, instances)));
      needs.require(step, setting.traffic(), instances);
    }
    Overlaps.refuse(spec.disturbances(), faults);
    Guards.require(faults, accepted, fusing.lacking());
    Plan.Times times = times(experiment, faults);
    return new Plan(
        experiment.name(),
        PlanHash.of(experiment, fixed, faults),
        fixed,
        spec.lease().orElse(LEASE),
        times,
        spec.ledger().map(LedgerStep::of),
        faults,
        spec.gates().stream().map(gate -> gate(gate, readings)).toList(),
        together(
            List.of(
                Notes.of(experiment, faults, times),
                Prospects.of(experiment),
                routes.notes(),
                needs.notes(),
                agents.notes())));
  }

  private void requireFit(
      LoadedExperiment experiment, FaultStep step, List<Instance> instances, RouteNeeds routes)
      throws Unplannable {
    Rooms.require(world, step, instances);
    ClockNeeds.require(world, step, instances);
    NodeNeeds.require(world, experiment, step, instances);
    routes.require(step);
  }

  private static Plan.Times times(LoadedExperiment experiment, List<PlannedFault> faults) {
    ExperimentSpec spec = experiment.spec();
    Duration interval = interval(experiment.environment());
    return new Plan.Times(
        baseline(spec, interval),
        span(faults),
        spec.recovery().map(Recovery::within).orElse(RECOVERY),
        interval);
  }

  private static List<String> together(List<List<String>> notes) {
    return notes.stream().flatMap(List::stream).toList();
  }

  /** Refuses databases that are not there, and a ledger whose table is somebody's already. */
  private void requireDatabases(LoadedExperiment experiment, boolean readings) throws Unplannable {
    ExperimentSpec spec = experiment.spec();
    for (Gate gate : spec.gates()) {
      if (gate.signal() instanceof Sql sql) {
        requireDatabase("gate " + gate.name(), sql.database());
      }
    }
    KeyValueStores.require(experiment);
    if (spec.ledger().isPresent()) {
      String database = spec.ledger().get().database();
      requireDatabase("ledger", database);
      if (readings) {
        requireFreeTable(database);
      }
    }
  }

  private void requireDatabase(String who, String database) throws Unplannable {
    Facts facts = world.facts(Target.database(database));
    if (!facts.missing().isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          facts.known().isEmpty()
              ? "%s: the environment names no database".formatted(who)
              : "%s: %s".formatted(who, Words.unknown("database", database, facts.known())));
    }
  }

  private void requireFreeTable(String database) throws Unplannable {
    String table = Action.OpenLedger.TABLE;
    Optional<String> trouble =
        switch (world.ask(new Query.LedgerTable(database))) {
          case Answer.TableIs(Answer.Owner owner) ->
              switch (owner) {
                case NOBODY, OURS -> Optional.empty();
                case ANOTHER_RUN ->
                    Optional.of(
                        "%s in %s belongs to another run; if none is on, 'faultline undo' removes it"
                            .formatted(table, database));
                case FOREIGN ->
                    Optional.of(
                        "%s in %s was not made by Faultline; rename it, or name a database without it"
                            .formatted(table, database));
              };
          case Answer.Unanswered none ->
              Optional.of("%s: %s".formatted(none.reason().words(), none.detail()));
          default -> Optional.of("it is not known whose %s is".formatted(table));
        };
    if (trouble.isPresent()) {
      throw new Unplannable(Outcome.NOT_READY, "ledger: " + trouble.get());
    }
  }

  private static Fault.Setting setting(
      FaultStep step, LoadedExperiment experiment, long seed, ClusterNeeds.Fusing fusing)
      throws Unplannable {
    return new Fault.Setting(
        step.title(),
        step.lasts().orElse(Duration.ZERO),
        experiment.spec().lease().orElse(LEASE),
        PacketNeeds.aimed(step, experiment.environment()),
        seed ^ step.title().hashCode(),
        fusing.image());
  }

  private static PlannedFault fault(
      LoadedExperiment experiment, FaultStep step, Fault.Setting setting, List<Instance> instances)
      throws Unplannable {
    List<PlannedTarget> targets = targets(experiment, step, setting, instances);
    Duration every = step.every().orElse(Duration.ZERO);
    return new PlannedFault(
        setting.name(),
        step.words(instances.getFirst().itself()),
        step.fault().instant(),
        step.start().orElse(Duration.ZERO),
        step.after(),
        setting.lasts(),
        every.isZero() ? 1 : (int) Math.max(1, setting.lasts().dividedBy(every)),
        every,
        targets,
        step.fault().endsBy(instances.getFirst().itself(), setting));
  }

  private static List<PlannedTarget> targets(
      LoadedExperiment experiment, FaultStep step, Fault.Setting setting, List<Instance> instances)
      throws Unplannable {
    List<PlannedTarget> targets = new ArrayList<>();
    for (Instance instance : instances) {
      Remedies.require(experiment, step, instance);
      targets.add(target(step, Remedies.lasting(experiment, step, setting), instance));
    }
    return targets;
  }

  private static PlannedTarget target(FaultStep step, Fault.Setting setting, Instance instance)
      throws Unplannable {
    try {
      List<Step> steps = step.fault().plan(instance.itself(), setting);
      return new PlannedTarget(
          instance.name(),
          instance.owner(),
          instance instanceof Instance.OnHost(String host, Instance _)
              ? steps.stream().map(one -> one.on(host)).toList()
              : steps);
    } catch (FaultRefused refused) {
      throw new Unplannable(
          refused.isGuarded() ? Outcome.REFUSED : Outcome.NOT_READY,
          "fault %s: %s".formatted(setting.name(), refused.getMessage()));
    }
  }

  /**
   * The targets of a planned fault with their steps as they are now: a target may have been
   * replaced since, by a new thing of the same name.
   *
   * @param seed that of the plan
   * @throws Unplannable when one of them is no longer there or can no longer be disturbed
   */
  public List<PlannedTarget> targetsNow(LoadedExperiment experiment, PlannedFault fault, long seed)
      throws Unplannable {
    FaultStep step = step(experiment, fault);
    List<Instance> instances = new Targets(world, experiment).again(step, fault.targets(), seed);
    ClusterNeeds cluster = new ClusterNeeds(world, experiment);
    cluster.add(step, instances);
    return targets(experiment, step, instances, seed, cluster.fusing());
  }

  /** What the file says of a planned fault. */
  static FaultStep step(LoadedExperiment experiment, PlannedFault fault) throws Unplannable {
    return experiment.spec().disturbances().stream()
        .filter(one -> one.title().equals(fault.name()))
        .findFirst()
        .orElseThrow(() -> new Unplannable(Outcome.REFUSED, "no such fault was planned"));
  }

  /** These as targets of a fault, with what is done to each. */
  List<PlannedTarget> targets(
      LoadedExperiment experiment,
      FaultStep step,
      List<Instance> instances,
      long seed,
      ClusterNeeds.Fusing fusing)
      throws Unplannable {
    return targets(
        experiment,
        step,
        setting(step, experiment, seed, fusing),
        new AgentNeeds(world, experiment).reach(step, instances));
  }

  private static Duration interval(EnvironmentSpec environment) {
    Duration scrape = environment.scrape();
    return scrape.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : scrape;
  }

  private static Duration baseline(ExperimentSpec spec, Duration interval) {
    Duration least =
        spec.gates().stream()
            .map(gate -> gate.signal().window())
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO)
            .plus(interval.multipliedBy(2));
    Duration asked = spec.baseline().orElse(Duration.ZERO);
    return asked.compareTo(least) > 0 ? asked : least;
  }

  /** From the end of the baseline to the end of the last fault. */
  private static Duration span(List<PlannedFault> faults) {
    Map<String, PlannedFault> byName = new HashMap<>();
    faults.forEach(fault -> byName.put(fault.name(), fault));
    Duration latest = Duration.ZERO;
    for (PlannedFault fault : faults) {
      Duration end = Duration.ZERO;
      Optional<PlannedFault> at = Optional.of(fault);
      while (at.isPresent()) {
        end = end.plus(at.get().start()).plus(at.get().span());
        at = at.get().after().map(byName::get);
      }
      latest = end.compareTo(latest) > 0 ? end : latest;
    }
    return latest;
  }

  private PlannedGate gate(Gate gate, boolean readings) {
    Optional<Reading> now =
        readings
            ? Optional.of(
                gate.signal().read(gate.signal().queries().stream().map(world::ask).toList()))
            : Optional.empty();
    return new PlannedGate(gate.name(), gate.signal().words(), gate.bound().words(), now);
  }
}
