package dev.faultline.reports;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Observed;
import dev.faultline.model.document.Recovery;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Load;
import dev.faultline.model.environment.Local;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.Step;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.gate.Ratio;
import dev.faultline.model.gate.Signal;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shop whose orders freeze: what every synthetic run is about. */
final class Shop {

  static final Gate ERRORS =
      gate(
          "errors",
          new Ratio(
              "sum(rate(http_requests_total{service=\"orders\",code=~\"5..\"}[15s]))",
              "sum(rate(http_requests_total{service=\"orders\"}[15s]))"),
          new Bound.Below(Quantity.parse("1%")));
  static final Gate P99 =
      gate(
          "p99",
          Prometheus.of(
              "histogram_quantile(0.99, sum by (le)"
                  + " (rate(http_request_duration_seconds_bucket{service=\"orders\"}[15s])))"),
          new Bound.Below(Quantity.parse("800ms")));
  static final Gate RATE =
      gate(
          "throughput",
          dev.faultline.model.gate.Load.of("rate"),
          new Bound.Above(Quantity.parse("150/s")));
  static final Gate QUEUE =
      gate(
          "queue depth",
          Prometheus.of("sum(queue_messages_ready{queue=\"orders\"})"),
          new Bound.Between(Quantity.parse("0"), Quantity.parse("500")));
  static final Gate REPLICAS =
      gate("replicas", Prometheus.of("up{job=\"orders\"}"), new Bound.Equals(Quantity.parse("1")));

  static final List<Gate> FIVE = List.of(ERRORS, P99, RATE, QUEUE, REPLICAS);

  static final Instance ORDERS =
      new Instance.ProcessInstance(
          "orders",
          "orders",
          Optional.of(new ProcessRef("orders", "boot-1:4711:99")),
          ProcessState.RUNNING,
          Optional.of("supervisor"));

  private Shop() {}

  static Gate gate(String name, Signal signal, Bound bound) {
    return new Gate(
        name,
        signal,
        Optional.of(bound),
        Optional.of(Duration.ofSeconds(2)),
        Set.of(),
        Optional.of(Gate.OnBreach.RECORD),
        Optional.empty(),
        Optional.empty());
  }

  static Event.RunStarted started(String experiment, String hypothesis, boolean control) {
    return started(experiment, hypothesis, control, List.of(ERRORS, P99, RATE));
  }

  static Event.RunStarted started(
      String experiment, String hypothesis, boolean control, List<Gate> gates) {
    return started(experiment, hypothesis, control, gates, List.of());
  }

  static Event.RunStarted started(
      String experiment,
      String hypothesis,
      boolean control,
      List<Gate> gates,
      List<Observed> observed) {
    ExperimentSpec spec =
        new ExperimentSpec(
            Optional.of(hypothesis),
            Optional.empty(),
            Optional.of(load()),
            Optional.empty(),
            gates,
            observed,
            List.of(step(new Freeze())),
            Optional.of(new Recovery(Duration.ofSeconds(60))),
            Optional.empty(),
            Optional.empty(),
            Optional.of(42L));
    EnvironmentSpec environment =
        new EnvironmentSpec(
            new Local(Map.of("orders", Local.LocalProcess.ofPidFile("/run/orders.pid"))),
            Optional.of(PrometheusEndpoint.at("http://localhost:9090")),
            Optional.empty(),
            Map.of());
    return new Event.RunStarted(
        "2026-03-14T09-26-53-orders-7f3a",
        experiment,
        spec,
        environment,
        "examples/orders-frozen.yaml",
        "/srv/shop",
        control,
        "Linux 6.18, 8 processors, 16 GiB, Java 25.0.1",
        "0.1.0");
  }

  private static Load load() {
    return Load.of("http://localhost:8080/orders", Quantity.parse("200/s"));
  }

  private static FaultStep step(Fault fault) {
    return new FaultStep(
        Optional.of("freeze-orders"),
        fault,
        Optional.of(Target.process("orders")),
        Optional.of(Duration.ofSeconds(20)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Orders frozen. */
  static FaultStep frozen() {
    return step(new Freeze());
  }

  static List<Step> steps() {
    return new Freeze().plan(ORDERS, setting());
  }

  private static Fault.Setting setting() {
    return new Fault.Setting("freeze-orders", Duration.ofSeconds(20), Duration.ofSeconds(10));
  }

  static StepRef ref(int step) {
    return new StepRef("freeze-orders", 0, "orders", step);
  }

  static Plan plan(List<Gate> gates) {
    return new Plan(
        "orders-survive-freeze",
        "sha256:9c1185a5c5e9fc54612808977ee8f548b2258d31",
        42,
        Duration.ofSeconds(10),
        new Plan.Times(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1)),
        Optional.empty(),
        List.of(
            new Plan.PlannedFault(
                "freeze-orders",
                new Freeze().words(),
                false,
                Duration.ZERO,
                Optional.empty(),
                Duration.ofSeconds(20),
                1,
                Duration.ZERO,
                List.of(new Plan.PlannedTarget("orders", "orders", steps())),
                new Freeze().endsBy(setting()))),
        gates.stream()
            .map(
                gate ->
                    new Plan.PlannedGate(
                        gate.name(), gate.signal().words(), gate.bound().words(), Optional.empty()))
            .toList(),
        List.of("gate p99 looks back 15 s: its moments are uncertain by 16 s"));
  }
}
