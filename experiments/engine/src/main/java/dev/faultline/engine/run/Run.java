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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** The loop around {@link Timeline}: does what is due, renews the lease, looks at the gates. */
final class Run {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration RETURN = Duration.ofSeconds(10);
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration WITHDRAWAL = Duration.ofSeconds(60);

  private final LoadedExperiment experiment;
  private final Plan plan;
  private final World world;
  private final Clock clock;
  private final Recorder recorder;
  private final Executor workers;
  private final Watch watch;
  private final Stepper stepper;
  private final Course course;
  private final boolean control;
  private final Planner planner;
  private final Followers followers;
  private final Map<String, FaultDriver> drivers = new LinkedHashMap<>();
  private final Set<String> ending = new HashSet<>();
  private final Set<String> gone = new HashSet<>();
  private Duration nextLook = Duration.ZERO;
  private Duration nextRenewal = Duration.ZERO;
  private Duration lastRenewal = Duration.ZERO;

  Run(LoadedExperiment experiment, Plan plan, Means means, Courses.Crew crew, boolean control) {
    this.experiment = experiment;
    this.plan = plan;
    this.world = crew.world();
    this.clock = means.clock();
    this.recorder = crew.recorder();
    this.workers = crew.workers();
    this.control = control;
    this.planner = new Planner(world);
    this.followers = new Followers(experiment, plan, world, recorder);
    this.stepper = new Stepper(world, means.clock(), recorder, Stepper.CLUSTER_PATIENCE);
    this.watch =
        new Watch(
            world,
            recorder,
            workers,
            experiment.spec(),
            load().isPresent(),
            experiment.environment().prometheus());
    this.course = means.courses().of(experiment, plan, crew);
  }

  private Optional<Load> load() {
    return experiment.spec().load().or(() -> experiment.environment().load());
  }

  /** Goes through the timeline to its end, whatever that is; nothing is under way afterwards. */
  void go() {
    recorder.tellAlso(course::on);
    load().ifPresent(this::startLoad);
    LedgerKeeper ledger = new LedgerKeeper(plan.ledger(), world, stepper, recorder);
    ledger.open();
    DatabaseLooks databases =
        new DatabaseLooks(experiment.spec().databases(), stepper, recorder, clock);
    databases.before();
    try {
      while (recorder.state().phase() != Phase.CLOSED) {
        Duration now = recorder.elapsed();
        renew(now);
        if (now.compareTo(nextLook) >= 0 && recorder.state().phase() != Phase.PREPARE) {
          watch.look(now);
          course.look(now);
          nextLook = now.plus(plan.times().interval());
        }
        course.due(recorder.state(), now).forEach(this::perform);
        follow(recorder.state(), now);
        pause();
      }
    } catch (RuntimeException | Error bug) {
      recorder.internalError(bug);
      throw bug;
    } finally {
      withdraw();
      databases.after();
      ledger.close();
      load().ifPresent(_ -> attempt(new Action.StopLoad()));
    }
  }

  private void pause() {
    try {
      clock.sleep(TICK);
    } catch (InterruptedException halted) {
      recorder.stop(StopReason.HALTED, "interrupted");
    }
  }

  /**
   * Renews the lease, unless a fault could not be withdrawn: then its fuse is to end it while the
   * recovery is watched. A lease that was not renewed for half its time is about to end the faults.
   */
  private void renew(Duration now) {
    RunState state = recorder.state();
    boolean leftToFuses = state.leftBehind() && state.phase() == Phase.RECOVERY;
    if (leftToFuses || now.compareTo(nextRenewal) < 0) {
      return;
    }
    nextRenewal = now.plus(RENEWAL);
    Effect renewed = attempt(new Action.RenewLease());
    if (renewed instanceof Effect.Done) {
      lastRenewal = now;
    } else if (renewed instanceof Effect.Superseded && state.withdrawable()) {
      recorder.stop(StopReason.FAULT_FAILED, "a fault lost its guard: " + renewed.detail());
    } else if (state.withdrawable()
        && state.stop().isEmpty()
        && now.minus(lastRenewal).compareTo(plan.lease().dividedBy(2)) >= 0) {
      recorder.stop(
          StopReason.FAULT_FAILED, "the lease can no longer be renewed: " + renewed.detail());
    }
  }

  private Effect attempt(Action action) {
    try {
      return world.apply(action);
    } catch (RuntimeException bug) {
      recorder.internalError(bug);
      return new Effect.Failed("internal error: " + bug);
    }
  }

  /** Only where the timeline was left by an error: at its end, nothing is under way. */
  private void withdraw() {
    Duration patience = clock.ticks().plus(WITHDRAWAL);
    try {
      for (FaultDriver driver : List.copyOf(drivers.values()).reversed()) {
        driver.end();
      }
      while (drivers.values().stream().anyMatch(driver -> !driver.ended())
          && clock.ticks().compareTo(patience) < 0) {
        clock.sleep(TICK);
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  private void startLoad(Load load) {
    Effect started = attempt(new Action.StartLoad(load));
    if (!(started instanceof Effect.Done)) {
      recorder.stop(
          StopReason.BASELINE_UNFIT, "the load could not be started: " + started.detail());
    }
  }

  private void perform(Due due) {
    switch (due) {
      case Due.Enter enter -> recorder.record(new Event.PhaseBegan(enter.phase()));
      case Due.Stop stop ->
          recorder.record(new Event.Stopping(stop.reason(), stop.gate(), stop.words()));
      case Due.Begin begin -> begin(begin.fault(), begin.occurrence());
      case Due.End end -> end(end.fault(), end.occurrence(), FaultDriver::end);
      case Due.Settle settle -> end(settle.fault(), 0, FaultDriver::settle);
      case Due.Keep keep -> keep(keep);
      case Due.Further further -> further(further);
    }
  }

  private void begin(PlannedFault fault, int occurrence) {
    String key = key(fault, occurrence);
    if (drivers.containsKey(key)) {
      return;
    }
    FaultDriver driver = new FaultDriver(fault, occurrence, stepper, recorder, control);
    drivers.put(key, driver);
    work(
        () -> {
          try {
            driver.begin(control ? List.of() : targetsNow(fault, occurrence));
          } catch (Unplannable gone) {
            driver.fail(gone.words());
          }
        });
  }

  /** A repetition waits for what the one before has killed to be there again. */
  private List<PlannedTarget> targetsNow(PlannedFault fault, int occurrence)
      throws Unplannable, InterruptedException {
    Duration patience = clock.ticks().plus(RETURN);
    while (true) {
      try {
        return planner.targetsNow(experiment, fault, plan.seed());
      } catch (Unplannable gone) {
        boolean wait = occurrence > 0 && clock.ticks().compareTo(patience) < 0;
        if (!wait || recorder.stopped()) {
          throw gone;
        }
        clock.sleep(TICK);
      }
    }
  }

  private interface Ending {
    void of(FaultDriver driver) throws InterruptedException;
  }

  private void end(PlannedFault fault, int occurrence, Ending how) {
    String key = key(fault, occurrence);
    FaultDriver driver = drivers.get(key);
    if (driver == null || !ending.add(key)) {
      return;
    }
    work(() -> how.of(driver));
  }

  private void follow(RunState state, Duration now) {
    if (state.stop().isPresent() || control) {
      return;
    }
    plan.faults().stream()
        .filter(fault -> state.fault(fault.name()).status() == FaultState.Status.HOLDING)
        .filter(fault -> drivers.containsKey(key(fault, 0)) && !ending.contains(key(fault, 0)))
        .filter(followers.due(now))
        .forEach(this::follow);
  }

  private void follow(PlannedFault fault) {
    FaultDriver driver = Objects.requireNonNull(drivers.get(key(fault, 0)));
    work(() -> followers.follow(fault, driver));
  }

  private void keep(Due.Keep keep) {
    FaultDriver driver = drivers.get(key(keep.fault(), 0));
    if (driver != null && gone.add("keep " + keep.fault().name())) {
      work(() -> driver.keep(keep.words()));
    }
  }

  private void further(Due.Further further) {
    PlannedFault fault = further.fault();
    FaultDriver driver = drivers.get(key(fault, 0));
    if (driver != null && gone.add(key(fault, further.occurrence()))) {
      PlannedTarget target = fault.targets().getFirst();
      work(() -> driver.further(further.occurrence(), target, further.step()));
    }
  }

  private interface Work {
    void go() throws InterruptedException;
  }

  private void work(Work work) {
    workers.execute(
        () -> {
          try {
            work.go();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | Error bug) {
            recorder.internalError(bug);
          }
        });
  }

  private static String key(PlannedFault fault, int occurrence) {
    return fault.name() + "#" + occurrence;
  }
}
