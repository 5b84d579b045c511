package dev.faultline.engine.run;

import dev.faultline.engine.run.FaultState.Status;
import dev.faultline.judge.GateState;
import dev.faultline.judge.Reading;
import dev.faultline.model.document.ExperimentSpec;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run at one moment, as a pure function of its events; {@link Timeline} says what is due.
 *
 * @param plan what is to be done
 * @param spec the experiment
 * @param phase the present phase
 * @param phaseBegan when it began
 * @param gates where each gate stands, by name
 * @param faults where each fault stands, by name
 * @param stop what made it leave its timeline first
 * @param reasons every reason to leave it since
 */
public record RunState(
    Plan plan,
    ExperimentSpec spec,
    Phase phase,
    Duration phaseBegan,
    Map<String, GateState> gates,
    Map<String, FaultState> faults,
    Optional<Event.Stopping> stop,
    Set<StopReason> reasons) {

  private static final Duration LONGER_THAN_ANY_RUN = Duration.ofDays(36_500);

  /** Keeps everything unchangeable. */
  public RunState {
    gates = Map.copyOf(gates);
    faults = Map.copyOf(faults);
    reasons = Set.copyOf(reasons);
  }

  static RunState of(Plan plan, ExperimentSpec spec, Duration now) {
    Map<String, GateState> gates = new HashMap<>();
    spec.gates().forEach(gate -> gates.put(gate.name(), GateState.unread()));
    Map<String, FaultState> faults = new HashMap<>();
    plan.faults().forEach(fault -> faults.put(fault.name(), FaultState.PENDING));
    return new RunState(plan, spec, Phase.PREPARE, now, gates, faults, Optional.empty(), Set.of());
  }

  /** Where a gate would stand after one more reading; it is breached only while it counts. */
  GateState after(Gate gate, Reading reading, Duration at) {
    return gate(gate.name())
        .on(reading, at, gate.bound(), counts(gate) ? gate.mustLast() : LONGER_THAN_ANY_RUN);
  }

  private boolean counts(Gate gate) {
    return gate.when().contains(phase.part())
        && (phase.part() != Gate.When.DURING || broken() || gate.when().contains(Gate.When.BEFORE));
  }

  /** Where a gate stands. */
  public GateState gate(String name) {
    return gates.getOrDefault(name, GateState.unread());
  }

  /** Where a fault stands. */
  public FaultState fault(String name) {
    return faults.getOrDefault(name, FaultState.PENDING);
  }

  RunState on(Entry entry) {
    Duration at = entry.elapsed();
    return switch (entry.event()) {
      case Event.PhaseBegan began ->
          new RunState(
              plan, spec, began.phase(), at, countedAnew(began.phase()), faults, stop, reasons);
      case Event.StepIntended step when planned(step.ref().fault()).isEmpty() -> this;
      case Event.UndoIntended undo when planned(undo.ref().fault()).isEmpty() -> this;
      // What is in force may go further, and stays in force.
      case Event.StepIntended step when fault(step.ref().fault()).status() == Status.HOLDING ->
          this;
      case Event.StepIntended step -> moved(step.ref().fault(), Status.BEGINNING, at);
      case Event.FaultBegan began -> moved(began.fault(), Status.HOLDING, at);
      case Event.UndoIntended undo -> moved(undo.ref().fault(), Status.ENDING, at);
      case Event.FaultEnded ended -> ended(ended, at);
      case Event.GateRead read -> read(read, at);
      case Event.Stopping stopping -> stopping(stopping);
      case Event.Promoted promoted -> moved(promoted.fault(), Status.ENDED, at);
      case Event.RunStarted _,
          Event.Planned _,
          Event.StepApplied _,
          Event.StepVerified _,
          Event.TargetGone _,
          Event.UndoApplied _,
          Event.UndoVerified _,
          Event.ObservationRead _,
          Event.Compared _,
          Event.ShareSeen _,
          Event.Held _,
          Event.ApprovalAsked _,
          Event.ScaledOut _,
          Event.Approved _,
          Event.LoadMeasured _,
          Event.DatabaseRead _,
          Event.LedgerRead _,
          Event.Sighted _,
          Event.Concluded _ ->
          this;
    };
  }

  private RunState moved(String fault, Status status, Duration at) {
    return fault(fault).status() == status ? this : with(fault, fault(fault).to(status, at));
  }

  private RunState stopping(Event.Stopping stopping) {
    Set<StopReason> all = new HashSet<>(reasons);
    all.add(stopping.reason());
    Optional<Event.Stopping> first = stop.or(() -> Optional.of(stopping));
    return new RunState(plan, spec, phase, phaseBegan, gates, faults, first, all);
  }

  private RunState ended(Event.FaultEnded event, Duration at) {
    String name = event.fault();
    FaultState ended = fault(name).ended(at, event.evidence().proven());
    boolean more =
        planned(name).map(fault -> ended.occurrence() + 1 < fault.repeats()).orElse(false);
    return with(name, more && stop.isEmpty() ? ended.again(at) : ended);
  }

  private Optional<PlannedFault> planned(String name) {
    return plan.faults().stream().filter(fault -> fault.name().equals(name)).findFirst();
  }

  private RunState with(String name, FaultState state) {
    Map<String, FaultState> next = new HashMap<>(faults);
    next.put(name, state);
    Map<String, GateState> stand = broken() ? gates : countedAnew();
    return new RunState(plan, spec, phase, phaseBegan, stand, next, stop, reasons);
  }

  /** What was read before the first fault is no breach of a gate that does not count there. */
  private Map<String, GateState> countedAnew() {
    Map<String, GateState> anew = new HashMap<>(gates);
    spec.gates().stream()
        .filter(gate -> !gate.when().contains(Gate.When.BEFORE))
        .forEach(gate -> anew.put(gate.name(), GateState.unread()));
    return anew;
  }

  /** What was outside is so anew where a gate begins or ceases to count. */
  private Map<String, GateState> countedAnew(Phase next) {
    Map<String, GateState> anew = new HashMap<>(gates);
    for (Gate gate : spec.gates()) {
      GateState.Status status = gate(gate.name()).status();
      boolean out = status == GateState.Status.OUTSIDE || status == GateState.Status.BREACHED;
      if (out && gate.when().contains(phase.part()) != gate.when().contains(next.part())) {
        anew.put(gate.name(), GateState.unread());
      }
    }
    return anew;
  }

  private RunState read(Event.GateRead read, Duration at) {
    Map<String, GateState> next = new HashMap<>(gates);
    spec.gates().stream()
        .filter(gate -> gate.name().equals(read.gate()))
        .forEach(gate -> next.put(gate.name(), after(gate, read.reading(), at)));
    return new RunState(plan, spec, phase, phaseBegan, next, faults, stop, reasons);
  }

  /** Whether a fault that can be withdrawn may be in force. */
  boolean withdrawable() {
    return plan.faults().stream().anyMatch(fault -> !fault.instant() && fault(fault.name()).open());
  }

  /** Whether anything was ever broken. */
  boolean broken() {
    return faults.values().stream().anyMatch(FaultState::ever);
  }

  /** Whether the end of something that was in force could not be shown. */
  boolean leftBehind() {
    return faults.values().stream().anyMatch(FaultState::left);
  }

  boolean stoppedFor(StopReason reason) {
    return reasons.contains(reason);
  }

  List<Gate> gatesIn(Gate.When when) {
    return spec.gates().stream().filter(gate -> gate.when().contains(when)).toList();
  }
}
