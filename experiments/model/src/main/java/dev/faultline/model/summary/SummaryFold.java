package dev.faultline.model.summary;

import dev.faultline.judge.Verdict;
import dev.faultline.model.document.Observed;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary.PhaseSpan;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gathers the events of one run; used once, by one thread. */
final class SummaryFold {

  private Event.@Nullable RunStarted start;
  private Instant began = Instant.EPOCH;
  private Duration now = Duration.ZERO;
  private Phase phase = Phase.PREPARE;
  private @Nullable Plan plan;
  private @Nullable Verdict verdict;
  private final List<PhaseSpan> phases = new ArrayList<>();
  private final Map<StepRef, StepSummary> steps = new LinkedHashMap<>();
  private final Map<String, List<GateSummary.Point>> points = new LinkedHashMap<>();
  private final Map<String, List<ObservationSummary.Point>> looks = new LinkedHashMap<>();
  private final List<LoadInterval> load = new ArrayList<>();
  private @Nullable LedgerAccount ledger;
  private final List<Timed<Event.DatabaseRead>> databases = new ArrayList<>();
  private final List<Timed<Sighting>> sightings = new ArrayList<>();
  private final List<Timed<Event.Stopping>> stops = new ArrayList<>();
  private final List<Timed<Event.Compared>> comparisons = new ArrayList<>();
  private final List<Timed<Event.ShareSeen>> shares = new ArrayList<>();
  private final List<Timed<Event.Held>> holds = new ArrayList<>();
  private final List<Timed<RolloutSummary.Consent>> consents = new ArrayList<>();
  private Event.@Nullable ApprovalAsked asked;
  private @Nullable Timed<Event.ScaledOut> scaledOut;
  private @Nullable Timed<Event.Promoted> promoted;

  void accept(Entry entry) {
    now = entry.elapsed();
    switch (entry.event()) {
      case Event.RunStarted started -> {
        start = started;
        began = entry.at();
      }
      case Event.PhaseBegan next -> enter(next.phase());
      case Event.Planned planned -> plan = planned.plan();
      case Event.StepIntended intended ->
          steps.put(intended.ref(), StepSummary.intended(intended.ref(), intended.step(), now));
      case Event.StepApplied applied -> change(applied.ref(), s -> s.applied(applied.effect()));
      case Event.StepVerified shown -> change(shown.ref(), s -> s.verified(shown.evidence(), now));
      case Event.TargetGone(StepRef ref) -> change(ref, StepSummary::targetGone);
      case Event.UndoApplied undone -> change(undone.ref(), s -> s.undone(undone.effect()));
      case Event.UndoVerified end -> change(end.ref(), s -> s.undoVerified(end.evidence(), now));
      case Event.UndoIntended _, Event.FaultBegan _, Event.FaultEnded _ -> {}
      case Event.GateRead read ->
          points
              .computeIfAbsent(read.gate(), _ -> new ArrayList<>())
              .add(new GateSummary.Point(entry.at(), now, phase, read.reading(), read.status()));
      case Event.ObservationRead read ->
          looks
              .computeIfAbsent(read.observation(), _ -> new ArrayList<>())
              .add(new ObservationSummary.Point(now, read.readings()));
      case Event.Compared compared -> comparisons.add(new Timed<>(now, compared));
      case Event.ShareSeen seen -> shares.add(new Timed<>(now, seen));
      case Event.Held held -> holds.add(new Timed<>(now, held));
      case Event.ApprovalAsked next -> asked = next;
      case Event.ScaledOut pods -> scaledOut = new Timed<>(now, pods);
      case Event.Approved given -> consent(given);
      case Event.Promoted end -> promoted = new Timed<>(now, end);
      case Event.LoadMeasured measured -> load.add(measured.interval());
      case Event.DatabaseRead read -> databases.add(new Timed<>(now, read));
      case Event.LedgerRead read -> ledger = read.account();
      case Event.Sighted sighted -> sightings.add(new Timed<>(now, sighted.sighting()));
      case Event.Stopping stopping -> stops.add(new Timed<>(now, stopping));
      case Event.Concluded concluded -> verdict = concluded.verdict();
    }
  }

  private void consent(Event.Approved given) {
    if (asked != null) {
      consents.add(new Timed<>(now, new RolloutSummary.Consent(asked, given)));
    }
  }

  private void enter(Phase next) {
    leave();
    phase = next;
    phases.add(new PhaseSpan(next, now, now));
  }

  private void leave() {
    if (!phases.isEmpty()) {
      PhaseSpan last = phases.removeLast();
      phases.add(new PhaseSpan(last.phase(), last.from(), now));
    }
  }

  private void change(StepRef ref, UnaryOperator<StepSummary> next) {
    steps.computeIfPresent(ref, (_, summary) -> next.apply(summary));
  }

  RunSummary finish() {
    if (start == null) {
      throw new IllegalArgumentException("the events do not begin with the start of a run");
    }
    leave();
    List<GateSummary> gates = start.spec().gates().stream().map(gate -> gateSummary(gate)).toList();
    List<StepSummary> all = List.copyOf(steps.values());
    return new RunSummary(
        start,
        began,
        now,
        List.copyOf(phases),
        Optional.ofNullable(plan),
        all,
        gates,
        start.spec().observe().stream().map(one -> observationSummary(one)).toList(),
        List.copyOf(load),
        Optional.ofNullable(ledger),
        List.copyOf(databases),
        List.copyOf(sightings),
        List.copyOf(stops),
        FiguresFold.of(plan, all, gates, sightings, stops, phases)
            .with(OutageFold.of(began, Optional.ofNullable(ledger), all, sightings)),
        rollout(start),
        Optional.ofNullable(verdict));
  }

  private Optional<RolloutSummary> rollout(Event.RunStarted run) {
    return run.rollout()
        .map(
            spec ->
                new RolloutSummary(
                    spec,
                    List.copyOf(comparisons),
                    List.copyOf(shares),
                    List.copyOf(holds),
                    List.copyOf(consents),
                    Optional.ofNullable(scaledOut),
                    Optional.ofNullable(promoted)));
  }

  private GateSummary gateSummary(Gate gate) {
    return new GateSummary(gate, points.getOrDefault(gate.name(), List.of()));
  }

  private ObservationSummary observationSummary(Observed observed) {
    return new ObservationSummary(observed, looks.getOrDefault(observed.title(), List.of()));
  }
}
