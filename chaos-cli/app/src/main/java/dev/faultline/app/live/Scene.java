package dev.faultline.app.live;

import dev.faultline.judge.Verdict;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that a live view needs to know of a run, as a fold of its events. It does not grow with the
 * length of the run.
 *
 * @param start the first event; empty before it
 * @param phases the phases entered, each with its beginning
 * @param plan what would be done; empty until it is made
 * @param faults how each planned fault stands, by name
 * @param gates how each gate stands, by name, in the order of the file
 * @param rollout how the step of a rollout stands
 * @param load what the load met
 * @param sightings the newest of what the environment did and saw
 * @param stop why the timeline was left, in words
 * @param verdict the end
 * @param heard when the last event was, since the start of the run
 */
public record Scene(
    Optional<Event.RunStarted> start,
    Map<Phase, Duration> phases,
    Optional<Plan> plan,
    Map<String, FaultLook> faults,
    Map<String, GateLook> gates,
    RolloutLook rollout,
    LoadLook load,
    List<Seen> sightings,
    Optional<String> stop,
    Optional<Verdict> verdict,
    Duration heard) {

  /** Before anything happened. */
  public static final Scene EMPTY =
      new Scene(
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          Map.of(),
          Map.of(),
          RolloutLook.NONE,
          LoadLook.NONE,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Duration.ZERO);

  private static final int KEPT = 5;

  /** A sighting with its time since the start of the run. */
  record Seen(Duration at, Sighting what) {}

  /** Keeps the collections unchangeable, and in order. */
  public Scene {
    phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    sightings = List.copyOf(sightings);
  }

  /** The phase that the run is in. */
  public Phase phase() {
    return phases.keySet().stream().reduce(Phase.PREPARE, (before, next) -> next);
  }

  /** Whether no fault is in force or still to come. */
  boolean settled() {
    return verdict.isPresent()
        || faults.values().stream().allMatch(look -> look.state() == FaultLook.State.OVER);
  }

  /** What comes of one more event; the start of a run forgets the one before. */
  public Scene on(Entry entry) {
    boolean another = entry.event() instanceof Event.RunStarted;
    Draft next = new Draft(another ? EMPTY : this, entry.elapsed());
    next.take(entry.event());
    return next.done();
  }

  /** The scene while it changes. */
  private static final class Draft {

    private final Duration now;
    private Optional<Event.RunStarted> start;
    private final Map<Phase, Duration> phases;
    private Optional<Plan> plan;
    private final Map<String, FaultLook> faults;
    private final Map<String, GateLook> gates;
    private RolloutLook rollout;
    private LoadLook load;
    private final List<Seen> sightings;
    private Optional<String> stop;
    private Optional<Verdict> verdict;

    Draft(Scene before, Duration now) {
      this.now = now;
      this.start = before.start;
      this.phases = new LinkedHashMap<>(before.phases);
      this.plan = before.plan;
      this.faults = new LinkedHashMap<>(before.faults);
      this.gates = new LinkedHashMap<>(before.gates);
      this.rollout = before.rollout;
      this.load = before.load;
      this.sightings = new ArrayList<>(before.sightings);
      this.stop = before.stop;
      this.verdict = before.verdict;
    }

    Scene done() {
      return new Scene(
          start, phases, plan, faults, gates, rollout, load, sightings, stop, verdict, now);
    }

    void take(Event event) {
      switch (event) {
        case Event.RunStarted started -> begin(started);
        case Event.PhaseBegan began -> phases.putIfAbsent(began.phase(), now);
        case Event.Planned planned -> {
          plan = Optional.of(planned.plan());
          planned.plan().faults().forEach(fault -> faults.put(fault.name(), FaultLook.PLANNED));
        }
        case Event.GateRead read ->
            gates.computeIfPresent(
                read.gate(), (_, look) -> look.on(read.reading(), read.status()));
        case Event.LoadMeasured measured -> load = load.on(measured.interval());
        case Event.Sighted sighted -> see(sighted.sighting());
        case Event.Stopping stopping -> stop = stop.or(() -> Optional.of(stopping.words()));
        case Event.Concluded concluded -> verdict = Optional.of(concluded.verdict());
        case Event.FaultBegan began ->
            fault(
                began.fault(),
                look -> look.began(began.occurrence(), began.evidence().proven(), now));
        case Event.FaultEnded ended ->
            fault(ended.fault(), look -> look.ended(ended.evidence().proven(), now));
        case Event.StepIntended intended -> intend(intended.ref());
        case Event.StepVerified shown -> show(shown.ref(), false, shown.evidence());
        case Event.UndoIntended undo -> fault(undo.ref().fault(), look -> look.ending(now));
        case Event.UndoVerified shown -> show(shown.ref(), true, shown.evidence());
        case Event.StepApplied _, Event.UndoApplied _, Event.TargetGone _ -> {}
        case Event.DatabaseRead _, Event.LedgerRead _, Event.ObservationRead _ -> {}
        case Event.Compared compared -> rollout = rollout.on(compared);
        case Event.Held held -> rollout = rollout.held(held.words(), now);
        case Event.ApprovalAsked asked -> rollout = rollout.held(asked.words(), now);
        case Event.ScaledOut more -> rollout = rollout.held(more.words(), now);
        case Event.Approved _, Event.Promoted _ -> rollout = rollout.goesOn();
        case Event.ShareSeen _ -> {}
      }
    }

    private void begin(Event.RunStarted started) {
      start = Optional.of(started);
      for (Gate gate : started.spec().gates()) {
        gates.put(gate.name(), GateLook.unread(gate.name(), gate.bound()));
      }
    }

    private void intend(StepRef ref) {
      fault(ref.fault(), look -> look.beginning(ref.occurrence(), now));
      if (ref.fault().equals(RolloutSpec.SHIFT)) {
        rollout = rollout.goesOn();
      }
    }

    private void see(Sighting sighting) {
      sightings.add(new Seen(now, sighting));
      if (sightings.size() > KEPT) {
        sightings.removeFirst();
      }
    }

    private void fault(String name, UnaryOperator<FaultLook> next) {
      faults.computeIfPresent(name, (_, look) -> next.apply(look));
    }

    private void show(StepRef ref, boolean undone, Evidence evidence) {
      if (tells(ref) || !evidence.proven()) {
        fault(ref.fault(), look -> look.shown(ref.target(), undone, evidence));
      }
    }

    /** Whether a step is what the fault is about: a fuse merely guards it. */
    private boolean tells(StepRef ref) {
      return plan.stream()
          .flatMap(known -> known.faults().stream())
          .filter(fault -> fault.name().equals(ref.fault()))
          .flatMap(fault -> fault.targets().stream())
          .filter(target -> target.name().equals(ref.target()))
          .flatMap(target -> target.steps().stream().skip(ref.step()).limit(1))
          .noneMatch(step -> step.action().itself() instanceof Action.ArmFuse);
    }
  }
}
