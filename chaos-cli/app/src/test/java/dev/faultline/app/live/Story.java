package dev.faultline.app.live;

import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.environment.EnvironmentSpec;
import dev.faultline.model.environment.Local;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of a run that never was, folded as they are told. */
final class Story {

  static final StepRef FUSE = new StepRef("freeze-orders", 0, "orders", 0);
  static final StepRef FREEZE = new StepRef("freeze-orders", 0, "orders", 1);

  private static final String SPEC =
      """
      {"gates": [{"name": "errors", "load": "errors", "below": "1%"},
        {"name": "p99", "load": "p99", "below": "800ms"}],
       "faults": [{"freeze": {}, "name": "freeze-orders", "target": {"process": "orders"},
         "for": "60s"}]}
      """;

  private static final String ROLLOUT =
      """
      {"stable": "v1", "canary": "v2",
       "route": {"haproxy": {"socket": "/s", "backend": "b", "stable": "v1", "canary": "v2"}},
       "steps": [{"weight": "20%"}],
       "compare": [{"errors": {"bad": "b{v=\\"${version}\\"}", "total": "t{v=\\"${version}\\"}"}}]}
      """;

  private Scene scene = Scene.EMPTY;
  private long number;

  Scene scene() {
    return scene;
  }

  Story at(double seconds, Event event) {
    Duration elapsed = Duration.ofMillis(Math.round(seconds * 1000));
    scene = scene.on(new Entry(number++, Instant.EPOCH.plus(elapsed), elapsed, event));
    return this;
  }

  Story gate(double seconds, String name, double value, Status status) {
    return at(seconds, new Event.GateRead(name, new Reading.Value(value), status));
  }

  Story load(double seconds, long failed) {
    Map<String, Long> errors = failed == 0 ? Map.of() : Map.of("http 503", failed);
    return at(
        seconds,
        new Event.LoadMeasured(
            new LoadInterval(number, Instant.EPOCH, 100, 100, 100 - failed, errors, "unreadable")));
  }

  static Event shown(StepRef ref, String words) {
    return new Event.StepVerified(ref, new Evidence(true, words));
  }

  static Event began(boolean proven) {
    return new Event.FaultBegan("freeze-orders", 0, new Evidence(proven, ""));
  }

  static Event ended(boolean proven) {
    return new Event.FaultEnded("freeze-orders", 0, new Evidence(proven, ""));
  }

  static Event sighted(String words) {
    return new Event.Sighted(new Sighting(Sighting.Kind.NOTE, "supervisor", words));
  }

  /** As far as the end of the baseline. */
  static Story baseline() {
    return new Story()
        .at(
            0,
            new Event.RunStarted(
                "20260314-092653-trial",
                "trial",
                Codec.json().readValue(SPEC, ExperimentSpec.class),
                new EnvironmentSpec(
                    new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
                "trial.yaml",
                "/srv",
                false,
                "host",
                "0.1.0"))
        .at(0, new Event.PhaseBegan(Phase.PREPARE))
        .at(4, new Event.Planned(plan()))
        .at(4, new Event.PhaseBegan(Phase.BASELINE))
        .gate(5, "errors", 0, Status.INSIDE)
        .gate(5, "p99", 0.02, Status.INSIDE)
        .at(14, new Event.PhaseBegan(Phase.FAULTS));
  }

  /** A rollout, as far as the evidence of its first step. */
  static Story rollout() {
    RolloutSpec spec = Codec.json().readValue(ROLLOUT, RolloutSpec.class);
    return new Story()
        .at(
            0,
            new Event.RunStarted(
                "20260314-092653-trial",
                "trial",
                spec.experiment(),
                new EnvironmentSpec(
                    new Local(Map.of()), Optional.empty(), Optional.empty(), Map.of()),
                "trial.yaml",
                "/srv",
                false,
                "host",
                "0.1.0",
                Optional.of(spec)))
        .at(14, new Event.PhaseBegan(Phase.ROLLOUT))
        .at(14.1, new Event.StepIntended(new StepRef("canary", 0, "here", 1), step(fuse())))
        .at(
            40,
            new Event.Compared(
                "errors",
                Optional.of(new Look(new Traffic(100, 4), new Traffic(400, 2))),
                Optional.empty(),
                Math.log(13),
                Math.log(0.4)));
  }

  /** As far as the fault, which is in force since 15.0 s. */
  static Story inForce() {
    return baseline()
        .at(14.1, new Event.StepIntended(FUSE, step(fuse())))
        .at(14.3, shown(FUSE, "fuse freeze-orders.orders: armed"))
        .at(14.4, new Event.StepIntended(FREEZE, step(new Action.DisarmFuse("any"))))
        .at(14.9, shown(FREEZE, "process orders: stopped"))
        .at(15, began(true));
  }

  static Plan plan() {
    Plan.PlannedFault freeze =
        new Plan.PlannedFault(
            "freeze-orders",
            "freeze",
            false,
            Duration.ZERO,
            Optional.empty(),
            Duration.ofSeconds(60),
            1,
            Duration.ZERO,
            List.of(
                new Plan.PlannedTarget(
                    "orders", "", List.of(step(fuse()), step(new Action.DisarmFuse("any"))))),
            List.of(
                new EndsBy(EndsBy.Layer.PLAN, Optional.of(Duration.ofSeconds(60)), ""),
                new EndsBy(EndsBy.Layer.FUSE, Optional.of(Duration.ofSeconds(11)), "")));
    return new Plan(
        "trial",
        "hash",
        1,
        Duration.ofSeconds(10),
        new Plan.Times(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1)),
        Optional.empty(),
        List.of(freeze),
        List.of(),
        List.of());
  }

  static Action fuse() {
    return new Action.ArmFuse("freeze-orders.orders", List.of(), Duration.ofSeconds(10));
  }

  static Step step(Action action) {
    return new Step(action, Optional.empty(), Optional.empty());
  }
}
