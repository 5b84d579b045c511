package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Planner;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.model.environment.Load;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** The loop around {@link Timeline}: does what is due, renews the lease, looks at the gates. */
final class Run {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration RENEWAL = Duration.ofSeconds(1);

  private final LoadedExperiment experiment;
  private final Plan plan;
  private final World world;
  private final Clock clock;
  private final Recorder recorder;
  private final ExecutorService workers;
  private final Watch watch;
  private final Stepper stepper;
  private final boolean control;
  private final Map<String, FaultDriver> drivers = new HashMap<>();
  private final Set<String> ending = new HashSet<>();
  private Duration nextLook = Duration.ZERO;
  private Duration nextRenewal = Duration.ZERO;

  Run(
      LoadedExperiment experiment,
      Plan plan,
      World world,
      Clock clock,
      Recorder recorder,
      ExecutorService workers,
      boolean control) {
    this.experiment = experiment;
    this.plan = plan;
    this.world = world;
    this.clock = clock;
    this.recorder = recorder;
    this.workers = workers;
    this.control = control;
    this.stepper = new Stepper(world, clock, recorder);
    this.watch = new Watch(world, recorder, workers, experiment.spec().gates(), load().isPresent());
  }

  private Optional<Load> load() {
    return experiment.spec().load().or(() -> experiment.environment().load());
  }

  /** Goes through the timeline to its end, whatever that is. */
  void go() throws InterruptedException {
    load().ifPresent(this::startLoad);
    while (recorder.state().phase() != Phase.CLOSED) {
      Duration now = recorder.elapsed();
      if (now.compareTo(nextRenewal) >= 0) {
        world.apply(new Action.RenewLease());
        nextRenewal = now.plus(RENEWAL);
      }
      if (now.compareTo(nextLook) >= 0 && recorder.state().phase() != Phase.PREPARE) {
        watch.look();
        nextLook = now.plus(plan.times().interval());
      }
      Timeline.due(recorder.state(), now).forEach(this::perform);
      clock.sleep(TICK);
    }
    load().ifPresent(_ -> world.apply(new Action.StopLoad()));
  }

  private void startLoad(Load load) {
    if (!(world.apply(new Action.StartLoad(load)) instanceof Effect.Done)) {
      recorder.record(
          new Event.Stopping(
              StopReason.BASELINE_UNFIT, Optional.empty(), "the load could not be started"));
    }
  }

  private void perform(Command command) {
    switch (command) {
      case Command.Enter enter -> recorder.record(new Event.PhaseBegan(enter.phase()));
      case Command.Stop stop ->
          recorder.record(new Event.Stopping(stop.reason(), stop.gate(), stop.words()));
      case Command.Begin begin -> begin(begin.fault(), begin.occurrence());
      case Command.End end -> end(end.fault(), end.occurrence());
    }
  }

  private void begin(PlannedFault fault, int occurrence) {
    String key = key(fault, occurrence);
    if (drivers.containsKey(key)) {
      return;
    }
    FaultDriver driver = new FaultDriver(fault, occurrence, stepper, recorder, control);
    drivers.put(key, driver);
    workers.execute(
        () -> {
          try {
            driver.begin(control ? List.of() : targetsNow(fault));
          } catch (Unplannable gone) {
            driver.fail(gone.words());
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /**
   * A target may have been replaced since the plan: its steps are made anew, for the same names.
   */
  private List<PlannedTarget> targetsNow(PlannedFault fault) throws Unplannable {
    List<String> allowed = fault.targets().stream().map(PlannedTarget::name).toList();
    return new Planner(world)
        .targets(experiment, plan, fault.name()).stream()
            .filter(target -> allowed.contains(target.name()))
            .toList();
  }

  private void end(PlannedFault fault, int occurrence) {
    String key = key(fault, occurrence);
    FaultDriver driver = drivers.get(key);
    if (driver == null || !ending.add(key)) {
      return;
    }
    workers.execute(
        () -> {
          try {
            driver.end();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static String key(PlannedFault fault, int occurrence) {
    return fault.name() + "#" + occurrence;
  }
}
