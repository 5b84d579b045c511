package dev.faultline.reports;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Recovery;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.LabDatabase;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.environment.Load;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Failover;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Step;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.LedgerStep;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The database of orders, a pair whose primary is taken: what the runs about failover speak of.
 *
 * @param kind how it is taken
 * @param writers how many write into the ledger
 * @param settings what decides about loss and outage
 */
record Orders(FailoverKind kind, int writers, Map<String, String> settings) {

  static final String NAME = "orders-db";
  static final Gate LOST =
      Shop.gate(
          "lost",
          dev.faultline.model.gate.Ledger.of("lost"),
          new Bound.Equals(Quantity.parse("0")));
  static final Gate OUTAGE =
      Shop.gate(
          "outage",
          dev.faultline.model.gate.Ledger.of("outage"),
          new Bound.Below(Quantity.parse("5s")));
  static final StepRef FAULT = new StepRef("lose-primary", 0, NAME, 0);
  static final StepRef TABLE = new StepRef(LedgerStep.NAME, 0, NAME, 0);

  static DatabaseState state(Map<String, String> settings, Node... nodes) {
    return new DatabaseState(List.of(nodes), settings);
  }

  static Node primary(int number, long timeline) {
    return new Node(
        NAME + "-" + number, NodeRole.PRIMARY, Optional.of(timeline), false, Optional.empty(), "");
  }

  static Node standby(int number, long timeline, boolean streaming) {
    return new Node(
        NAME + "-" + number,
        NodeRole.STANDBY,
        Optional.of(timeline),
        streaming,
        Optional.of(streaming ? 0L : 4_200_000L),
        streaming ? "" : "no row in pg_stat_replication");
  }

  static Node gone(int number) {
    return new Node(
        NAME + "-" + number, NodeRole.GONE, Optional.empty(), false, Optional.empty(), "killed");
  }

  DatabaseState healthy() {
    return state(settings, primary(1, 1), standby(2, 1, true));
  }

  Ledger ledger() {
    return new Ledger(
        NAME,
        Optional.of(writers),
        Optional.of(Quantity.parse("400/s")),
        Optional.empty(),
        Optional.empty());
  }

  Step step() {
    Instance database =
        new Instance.DatabaseInstance(
            NAME,
            NAME,
            Optional.of(healthy()),
            Optional.of(new FailoverWay.ByHands(Set.of(FailoverKind.values()), "the lab")));
    return new Failover(kind).plan(database, setting()).getFirst();
  }

  private static Fault.Setting setting() {
    return new Fault.Setting("lose-primary", Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  Event.RunStarted started(String run) {
    Target target = Target.database(NAME);
    ExperimentSpec spec =
        new ExperimentSpec(
            Optional.of(
                "Orders lose no acknowledged write, and can be written again within 5 s, when their"
                    + " primary dies."),
            Optional.empty(),
            Optional.of(load()),
            Optional.of(ledger()),
            List.of(LOST, OUTAGE, Shop.ERRORS),
            List.of(),
            List.of(
                new FaultStep(
                    Optional.of("lose-primary"),
                    new Failover(kind),
                    Optional.of(target),
                    kind == FailoverKind.PARTITION
                        ? Optional.of(Duration.ofSeconds(10))
                        : Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
            Optional.of(new Recovery(Duration.ofSeconds(30))),
            Optional.empty(),
            Optional.empty(),
            Optional.of(7L));
    return new Event.RunStarted(
        run,
        "orders-survive-failover",
        spec,
        environment(),
        "examples/database/failover.yaml",
        "/srv/orders",
        false,
        "Linux 6.18, 8 processors, 16 GiB, Java 25.0.1",
        "0.1.0");
  }

  private static Load load() {
    return Load.of("http://localhost:8080/orders", Quantity.parse("200/s"));
  }

  private static EnvironmentSpec environment() {
    LabDatabase database =
        new LabDatabase(
            new LabDatabase.Postgres(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    return new EnvironmentSpec(
        new Lab(Map.of(), Map.of(NAME, database), Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  Plan plan() {
    Failover fault = new Failover(kind);
    return new Plan(
        "orders-survive-failover",
        "sha256:44c1185a5c5e9fc54612808977ee8f548b2258d3",
        7,
        Duration.ofSeconds(10),
        new Plan.Times(
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1)),
        Optional.of(LedgerStep.of(ledger())),
        List.of(
            new Plan.PlannedFault(
                "lose-primary",
                fault.words(),
                fault.instant(),
                Duration.ZERO,
                Optional.empty(),
                fault.instant() ? Duration.ZERO : Duration.ofSeconds(10),
                1,
                Duration.ZERO,
                List.of(new Plan.PlannedTarget(NAME, NAME, List.of(step()))),
                fault.endsBy(setting()))),
        List.of(LOST, OUTAGE, Shop.ERRORS).stream()
            .map(
                gate ->
                    new Plan.PlannedGate(
                        gate.name(), gate.signal().words(), gate.bound().words(), Optional.empty()))
            .toList(),
        List.of());
  }
}
