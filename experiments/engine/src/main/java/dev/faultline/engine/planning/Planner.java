package dev.faultline.engine.planning;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.Words;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Recovery;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Hosts;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.FaultRefused;
import dev.faultline.model.fault.HostFault;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.fault.Step;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Sql;
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
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes plans. It asks the world and changes nothing. Thread-safe. */
public final class Planner {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private final World world;

  /** A planner that asks this world. */
  public Planner(World world) {
    this.world = world;
  }

  /**
   * Plans a run.
   *
   * @param seed fixes every random choice, unless the experiment fixes it
   * @param readings whether something runs that the gates can be read from
   * @throws Unplannable when a target is not there or cannot be disturbed as asked
   */
  public Plan plan(LoadedExperiment experiment, long seed, boolean readings) throws Unplannable {
    ExperimentSpec spec = experiment.spec();
    long fixed = spec.seed().orElse(seed);
    requireDatabases(experiment, readings);
    List<PlannedFault> faults = new ArrayList<>();
    PacketNeeds needs = new PacketNeeds(world);
    for (FaultStep step : spec.disturbances()) {
      List<Instance> instances = instances(step, experiment, fixed);
      Rooms.require(world, step, instances);
      ClockNeeds.require(world, step, instances);
      Fault.Setting setting = setting(step, experiment, fixed);
      faults.add(fault(step, setting, instances));
      needs.require(step, setting.traffic(), instances);
    }
    Overlaps.refuse(spec.disturbances(), faults);
    Duration interval = interval(experiment.environment());
    Plan.Times times =
        new Plan.Times(
            baseline(spec, interval),
            span(faults),
            spec.recovery().map(Recovery::within).orElse(RECOVERY),
            interval);
    return new Plan(
        experiment.name(),
        PlanHash.of(experiment, fixed, faults),
        fixed,
        spec.lease().orElse(LEASE),
        times,
        spec.ledger().map(LedgerStep::of),
        faults,
        spec.gates().stream().map(gate -> gate(gate, readings)).toList(),
        Stream.concat(notes(experiment, faults, times).stream(), needs.notes().stream()).toList());
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

  private static Fault.Setting setting(FaultStep step, LoadedExperiment experiment, long seed)
      throws Unplannable {
    return new Fault.Setting(
        step.title(),
        step.lasts().orElse(Duration.ZERO),
        experiment.spec().lease().orElse(LEASE),
        PacketNeeds.aimed(step, experiment.environment()),
        seed ^ step.title().hashCode());
  }

  private static PlannedFault fault(FaultStep step, Fault.Setting setting, List<Instance> instances)
      throws Unplannable {
    List<PlannedTarget> targets = new ArrayList<>();
    for (Instance instance : instances) {
      targets.add(target(step, setting, instance));
    }
    Duration every = step.every().orElse(Duration.ZERO);
    return new PlannedFault(
        setting.name(),
        step.words(),
        step.fault().instant(),
        step.start().orElse(Duration.ZERO),
        step.after(),
        setting.lasts(),
        every.isZero() ? 1 : (int) Math.max(1, setting.lasts().dividedBy(every)),
        every,
        targets,
        step.fault().endsBy(instances.getFirst().itself(), setting));
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
    ExperimentSpec spec = experiment.spec();
    FaultStep step =
        spec.disturbances().stream()
            .filter(one -> one.title().equals(fault.name()))
            .findFirst()
            .orElseThrow(() -> new Unplannable(Outcome.REFUSED, "no such fault was planned"));
    List<Instance> found =
        step.target().isEmpty() ? List.of(new Instance.Here()) : found(step, experiment);
    List<PlannedTarget> now = new ArrayList<>();
    for (PlannedTarget planned : fault.targets()) {
      Instance instance =
          found.stream()
              .filter(one -> one.name().equals(planned.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new Unplannable(
                          Outcome.NOT_READY, "target %s is gone".formatted(planned.name())));
      if (instance.itself() instanceof Instance.ProcessInstance process
          && process.process().isEmpty()) {
        throw new Unplannable(
            Outcome.NOT_READY, "target %s is not running".formatted(planned.name()));
      }
      now.add(target(step, setting(step, experiment, seed), instance));
    }
    return now;
  }

  /** The things that a fault of the experiment would disturb at this moment. */
  private List<Instance> instances(FaultStep step, LoadedExperiment experiment, long seed)
      throws Unplannable {
    if (step.target().isEmpty()) {
      requireHere(step, experiment);
      return List.of(new Instance.Here());
    }
    List<Instance> chosen = step.target().get().choose(found(step, experiment), seed);
    if (chosen.isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: %s stands for nothing that runs"
              .formatted(step.title(), step.target().get().words()));
    }
    return chosen;
  }

  /** Where there are hosts, nobody means the machine that Faultline runs on without a word. */
  private static void requireHere(FaultStep step, LoadedExperiment experiment) throws Unplannable {
    if (step.fault() instanceof HostFault
        && experiment.environment().place() instanceof Hosts hosts) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: which host is meant? Add 'target: {host: %s}'"
              .formatted(step.title(), hosts.names().getFirst()));
    }
  }

  private List<Instance> found(FaultStep step, LoadedExperiment experiment) throws Unplannable {
    requireHosts(step, experiment);
    if (step.fault() instanceof NetworkFault fault) {
      if (experiment.environment().place() instanceof Lab) {
        return new LinkTargets(world, experiment.environment()).of(step);
      }
      requirePackets(step, fault);
    }
    if (experiment.environment().place() instanceof Hosts hosts
        && step.target().orElseThrow().database().isEmpty()) {
      return new HostTargets(world, hosts, step).found();
    }
    Target target = step.target().orElseThrow();
    Facts facts = world.facts(target);
    if (!facts.missing().isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: %s"
              .formatted(
                  step.title(),
                  Words.unknown(
                      step.target().orElseThrow().database().isEmpty() ? "target" : "database",
                      facts.missing().getFirst(),
                      new TreeSet<>(facts.known()))));
    }
    return facts.instances();
  }

  private static void requireHosts(FaultStep step, LoadedExperiment experiment) throws Unplannable {
    if (!step.target().orElseThrow().host().isEmpty()
        && !(experiment.environment().place() instanceof Hosts)) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: the environment has no hosts; its place must be 'hosts', or remove 'host'"
              .formatted(step.title()));
    }
  }

  private static void requirePackets(FaultStep step, NetworkFault fault) throws Unplannable {
    boolean place = List.of("netns", "process").contains(step.target().orElseThrow().kind());
    if (!place || !fault.media().contains(NetworkFault.Medium.PACKETS)) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "fault %s: network faults need a lab, where Faultline stands between processes that it"
                  .formatted(step.title())
              + " starts itself; here latency, bandwidth, loss, duplicate, corrupt, reorder,"
              + " partition and dns disturb the packets of a process or a netns");
    }
  }

  private static Duration interval(EnvironmentSpec environment) {
    Duration scrape =
        switch (environment.place()) {
          case Lab lab ->
              lab.prometheus()
                  .flatMap(Lab.LabPrometheus::scrapeInterval)
                  .orElse(Duration.ofSeconds(1));
          case Local _, Hosts _ ->
              environment
                  .prometheus()
                  .flatMap(PrometheusEndpoint::scrapeInterval)
                  .orElse(Duration.ofSeconds(1));
        };
    return scrape.compareTo(Duration.ofSeconds(5)) > 0 ? Duration.ofSeconds(5) : scrape;
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

  private static List<String> notes(
      LoadedExperiment experiment, List<PlannedFault> faults, Plan.Times times) {
    List<String> notes = new ArrayList<>();
    if (faults.stream().allMatch(PlannedFault::instant)) {
      notes.add(
          "Every fault is over at once: nothing can be withdrawn, so a breach starts the"
              + " recovery clock and 'recovery' decides.");
    }
    for (Gate gate : experiment.spec().gates()) {
      notes.addAll(gate.cautions(times.total(), times.recovery()));
    }
    if (experiment.environment().place() instanceof Hosts) {
      notes.add(
          "What is in force on a host is held by a program there, which SSH feeds: it ends with the"
              + " connection, and at the latest when the lease is not renewed.");
    }
    experiment
        .environment()
        .prometheus()
        .filter(PrometheusEndpoint::unverified)
        .ifPresent(
            endpoint ->
                notes.add(
                    "The certificate of %s is not checked (insecureSkipVerify): whoever stands in"
                            .formatted(endpoint.url())
                        + " between can read the credentials and make up the readings."));
    return notes;
  }
}
