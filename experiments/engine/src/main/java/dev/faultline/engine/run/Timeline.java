package dev.faultline.engine.run;

import dev.faultline.engine.run.FaultState.Status;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is due in a run: a pure function of its state and the time since its start. */
public final class Timeline {

  /** A gate that is blind for so many looks in a row cannot guard what is broken. */
  private static final int BLIND_LOOKS = 3;

  private static final Duration HOLD_UP = Duration.ofSeconds(2);

  /** Whoever halts wants all of it to end now; the order of what begins to end stays. */
  private static final Duration HOLD_UP_HALTED = Duration.ofMillis(200);

  private static final Duration BLIND_RECOVERY = Duration.ofSeconds(10);

  private final RunState state;
  private final Duration now;

  private Timeline(RunState state, Duration now) {
    this.state = state;
    this.now = now;
  }

  /** What is due now. */
  public static List<Due> due(RunState state, Duration now) {
    Timeline timeline = new Timeline(state, now);
    return switch (state.phase()) {
      case PREPARE ->
          List.of(new Due.Enter(state.stop().isEmpty() ? Phase.BASELINE : Phase.CLOSED));
      case BASELINE -> timeline.baseline();
      case FAULTS -> timeline.faults();
      case ROLLOUT -> timeline.rollout();
      case UNDO -> timeline.undo();
      case RECOVERY -> timeline.recovery();
      case CLOSED -> List.of();
    };
  }

  /**
   * The baseline may last twice as long as planned: a system that just started needs to warm up.
   */
  private List<Due> baseline() {
    if (state.stop().isPresent()) {
      return List.of(new Due.Enter(Phase.CLOSED));
    }
    Duration planned = state.plan().times().baseline();
    if (inPhase().compareTo(planned) < 0) {
      return List.of();
    }
    List<Gate> unfit =
        state.gatesIn(Gate.When.BEFORE).stream()
            .filter(gate -> state.gate(gate.name()).status() != GateState.Status.INSIDE)
            .toList();
    if (unfit.isEmpty()) {
      return List.of(new Due.Enter(Phase.FAULTS));
    }
    return inPhase().compareTo(planned.multipliedBy(2)) < 0
        ? List.of()
        : List.of(stop(StopReason.BASELINE_UNFIT, unfit.getFirst(), "before anything was done"));
  }

  private List<Due> faults() {
    if (state.stop().isPresent()) {
      return List.of(new Due.Enter(Phase.UNDO));
    }
    List<Due> stops = reasonsToStop();
    if (!stops.isEmpty()) {
      return List.of(stops.getFirst());
    }
    List<Due> due = timed(state, state.plan().faults(), state.phaseBegan(), now);
    return allEnded() ? List.of(new Due.Enter(Phase.RECOVERY)) : due;
  }

  /**
   * Which faults are to begin, and which to end, by the clock.
   *
   * @param from what their starts are counted from, where they are not after another
   */
  public static List<Due> timed(
      RunState state, List<PlannedFault> faults, Duration from, Duration now) {
    Timeline timeline = new Timeline(state, now);
    List<Due> due = new ArrayList<>();
    for (PlannedFault fault : faults) {
      FaultState at = state.fault(fault.name());
      if (at.status() == Status.PENDING && timeline.startsBy(fault, at, from)) {
        due.add(new Due.Begin(fault, at.occurrence()));
      }
      if (at.status() == Status.HOLDING && now.compareTo(at.since().plus(holds(fault))) >= 0) {
        due.add(new Due.End(fault, at.occurrence()));
      }
    }
    return due;
  }

  /**
   * Nothing is done by the clock: only what ends a rollout early is known here, each reason of it.
   */
  private List<Due> rollout() {
    return state.stop().isPresent() ? List.of(new Due.Enter(Phase.UNDO)) : reasonsToStop();
  }

  private static Duration holds(PlannedFault fault) {
    return fault.instant() ? Duration.ZERO : fault.lasts();
  }

  private boolean startsBy(PlannedFault fault, FaultState at, Duration origin) {
    if (at.occurrence() > 0) {
      return now.compareTo(at.began().plus(fault.every())) >= 0;
    }
    Optional<Duration> from =
        fault.after().isEmpty()
            ? Optional.of(origin)
            : fault
                .after()
                .map(state::fault)
                .filter(before -> before.status() == Status.ENDED)
                .map(FaultState::since);
    return from.map(start -> now.compareTo(start.plus(fault.start())) >= 0).orElse(false);
  }

  private boolean allEnded() {
    return state.faults().values().stream().allMatch(fault -> fault.status() == Status.ENDED);
  }

  private List<Due> reasonsToStop() {
    List<Due> stops = new ArrayList<>();
    for (Gate gate : state.gatesIn(Gate.When.DURING)) {
      GateState at = state.gate(gate.name());
      boolean breached = at.status() == GateState.Status.BREACHED && gate.aborts();
      if (breached && !state.broken() && gate.when().contains(Gate.When.BEFORE)) {
        stops.add(stop(StopReason.BASELINE_UNFIT, gate, "before anything was done"));
      } else if (breached && state.withdrawable()) {
        stops.add(stop(StopReason.GATE_BREACHED, gate, "while a fault was in force"));
      }
      if (at.status() == GateState.Status.BLIND && at.readings() >= BLIND_LOOKS && state.broken()) {
        stops.add(
            stop(
                StopReason.GATE_BLIND,
                gate,
                "%d looks in a row while something was broken".formatted(at.readings())));
      }
    }
    return stops;
  }

  private Due.Stop stop(StopReason reason, Gate gate, String when) {
    String reads =
        switch (state.gate(gate.name()).last()) {
          case Reading.Value value -> gate.spell(value);
          case Reading.Blind blind -> "%s: %s".formatted(blind.reason().words(), blind.detail());
        };
    return new Due.Stop(
        reason,
        Optional.of(gate.name()),
        "gate %s must be %s and reads %s, %s"
            .formatted(gate.name(), gate.bound().words(), reads, when));
  }

  /** What began later is withdrawn first; one that does not end holds up the next for a moment. */
  private List<Due> undo() {
    List<PlannedFault> open =
        state.plan().faults().reversed().stream()
            .filter(fault -> state.fault(fault.name()).open())
            .sorted(
                Comparator.<PlannedFault, Duration>comparing(
                        fault -> state.fault(fault.name()).began())
                    .reversed())
            .toList();
    if (!open.isEmpty()) {
      Duration moment = state.stoppedFor(StopReason.HALTED) ? HOLD_UP_HALTED : HOLD_UP;
      return IntStream.range(0, open.size())
          .filter(i -> inPhase().compareTo(moment.multipliedBy(i)) >= 0)
          .mapToObj(open::get)
          .filter(fault -> state.fault(fault.name()).status() != Status.ENDING)
          .<Due>map(fault -> new Due.End(fault, state.fault(fault.name()).occurrence()))
          .toList();
    }
    boolean watch = state.broken() && !leavesAtOnce();
    return List.of(new Due.Enter(watch ? Phase.RECOVERY : Phase.CLOSED));
  }

  private boolean leavesAtOnce() {
    return state.stoppedFor(StopReason.HALTED)
        || state.stoppedFor(StopReason.INTERNAL_ERROR)
        || state.stoppedFor(StopReason.JOURNAL_LOST);
  }

  private List<Due> recovery() {
    boolean leave = leavesAtOnce() || steady() || inPhase().compareTo(patience()) >= 0;
    return leave ? List.of(new Due.Enter(Phase.CLOSED)) : List.of();
  }

  private boolean steady() {
    return state.gatesIn(Gate.When.AFTER).stream().allMatch(this::steady);
  }

  /** Inside for a whole window, none of which saw the fault; or never to be inside again. */
  private boolean steady(Gate gate) {
    GateState at = state.gate(gate.name());
    if (at.status() == GateState.Status.BREACHED && gate.signal().onlyGrows()) {
      return true;
    }
    Duration since = at.since().compareTo(state.phaseBegan()) > 0 ? at.since() : state.phaseBegan();
    return at.status() == GateState.Status.INSIDE && now.compareTo(since.plus(window(gate))) >= 0;
  }

  private Duration window(Gate gate) {
    Duration interval = state.plan().times().interval();
    return gate.signal().window().plus(interval.multipliedBy(2));
  }

  private Duration patience() {
    Duration longest =
        state.gatesIn(Gate.When.AFTER).stream()
            .map(this::window)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    Duration full = state.plan().times().recovery().plus(longest);
    boolean blind = state.stoppedFor(StopReason.GATE_BLIND);
    return blind && BLIND_RECOVERY.compareTo(full) < 0 ? BLIND_RECOVERY : full;
  }

  private Duration inPhase() {
    return now.minus(state.phaseBegan());
  }
}
