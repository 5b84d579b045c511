package dev.faultline.model.summary;

import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.gate.Gate.When;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary.PhaseSpan;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the moments of a failure in what was gathered of a run. */
final class FiguresFold {

  private FiguresFold() {}

  static Figures of(
      @Nullable Plan plan,
      List<StepSummary> steps,
      List<GateSummary> gates,
      List<Timed<Sighting>> sightings,
      List<Timed<Event.Stopping>> stops,
      List<PhaseSpan> phases) {
    Optional<Moment> inject = inject(steps);
    Duration since = inject.map(Moment::elapsed).orElse(Duration.ZERO);
    List<GateSummary> within = gates.stream().filter(gate -> !outsideBefore(gate, since)).toList();
    Optional<Moment> impact =
        inject.flatMap(_ -> firstPoint(within, since, status -> outside(status)));
    Optional<Moment> alert =
        inject.flatMap(_ -> firstPoint(gates, since, status -> status == Status.BREACHED));
    return new Figures(
        inject,
        impact,
        seen(sightings, Sighting.Kind.DETECTED, since),
        alert,
        mitigate(sightings, stops, since),
        revert(steps),
        steady(gates, phases, inject),
        Optional.empty(),
        uncertainty(plan, gates));
  }

  // What is outside when the fault comes was not put there by it; it may have to be, as in "beta is
  // hit".
  private static boolean outsideBefore(GateSummary gate, Duration inject) {
    return gate.points().stream()
        .filter(point -> point.elapsed().compareTo(inject) < 0)
        .filter(point -> point.status() != Status.BLIND)
        .reduce((_, later) -> later)
        .map(point -> outside(point.status()))
        .orElse(false);
  }

  private static boolean outside(Status status) {
    return status == Status.OUTSIDE || status == Status.BREACHED;
  }

  // A fuse guards a fault, and a ledger watches one; neither is one.
  static Stream<StepSummary> effects(List<StepSummary> steps) {
    return steps.stream()
        .filter(
            step ->
                !(step.step().action().itself() instanceof Action.ArmFuse
                    || step.step().action() instanceof Action.OpenLedger));
  }

  private static Optional<Moment> inject(List<StepSummary> steps) {
    return effects(steps)
        .flatMap(step -> step.effective().map(at -> moment(step, at)).stream())
        .min(Comparator.comparing(Moment::elapsed));
  }

  private static Moment moment(StepSummary step, Duration at) {
    return new Moment(at, step.ref() + ": " + step.evidence().orElseThrow().words());
  }

  private static Optional<Moment> firstPoint(
      List<GateSummary> gates, Duration since, Predicate<Status> wanted) {
    return gates.stream()
        .flatMap(
            gate ->
                gate.counted().stream()
                    .filter(point -> point.elapsed().compareTo(since) >= 0)
                    .filter(point -> wanted.test(point.status()))
                    .limit(1)
                    .map(point -> new Moment(point.elapsed(), words(gate, point.reading()))))
        .min(Comparator.comparing(Moment::elapsed));
  }

  private static String words(GateSummary gate, Reading reading) {
    String value =
        switch (reading) {
          case Reading.Value number -> gate.gate().spell(number);
          case Reading.Blind blind -> blind.reason().words();
        };
    return "gate %s: %s, must be %s (%s)"
        .formatted(
            gate.gate().name(), value, gate.gate().bound().words(), gate.gate().signal().words());
  }

  private static Optional<Moment> seen(
      List<Timed<Sighting>> sightings, Sighting.Kind kind, Duration since) {
    return sightings.stream()
        .filter(sighting -> sighting.what().kind() == kind)
        .filter(sighting -> sighting.elapsed().compareTo(since.minusSeconds(1)) >= 0)
        .findFirst()
        .map(
            sighting ->
                new Moment(
                    sighting.elapsed(), sighting.what().source() + ": " + sighting.what().words()));
  }

  private static Optional<Moment> mitigate(
      List<Timed<Sighting>> sightings, List<Timed<Event.Stopping>> stops, Duration since) {
    Optional<Moment> halt =
        stops.stream()
            .findFirst()
            .map(stop -> new Moment(stop.elapsed(), "abort: " + stop.what().words()));
    return Stream.concat(halt.stream(), seen(sightings, Sighting.Kind.MITIGATED, since).stream())
        .min(Comparator.comparing(Moment::elapsed));
  }

  private static Optional<Moment> revert(List<StepSummary> steps) {
    if (effects(steps).anyMatch(StepSummary::open)) {
      return Optional.empty();
    }
    return effects(steps)
        .flatMap(
            step ->
                step.step().undo().isPresent()
                    ? step
                        .ended()
                        .map(at -> new Moment(at, step.undoEvidence().orElseThrow().words()))
                        .stream()
                    : step.effective().map(at -> moment(step, at)).stream())
        .max(Comparator.comparing(Moment::elapsed));
  }

  /**
   * The first look since the effect, or without one since the recovery began, from which on every
   * gate stayed inside to the end.
   */
  private static Optional<Moment> steady(
      List<GateSummary> gates, List<PhaseSpan> phases, Optional<Moment> inject) {
    Optional<Duration> recovery =
        phases.stream()
            .filter(span -> span.phase() == Phase.RECOVERY)
            .map(PhaseSpan::from)
            .findFirst();
    List<GateSummary> counting =
        gates.stream().filter(gate -> gate.gate().when().contains(When.AFTER)).toList();
    if (recovery.isEmpty() || counting.isEmpty()) {
      return Optional.empty();
    }
    Duration since = inject.map(Moment::elapsed).orElse(recovery.get());
    Duration latest = Duration.ZERO;
    String evidence = "";
    for (GateSummary gate : counting) {
      Optional<GateSummary.Point> first = lastRunOfInside(gate, since);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      if (first.get().elapsed().compareTo(latest) >= 0) {
        latest = first.get().elapsed();
        evidence = words(gate, first.get().reading());
      }
    }
    String role =
        counting.stream().anyMatch(gate -> left(gate, since)) ? "last to return" : "none left";
    return Optional.of(new Moment(latest, role + ": " + evidence));
  }

  private static boolean left(GateSummary gate, Duration since) {
    return gate.points().stream()
        .anyMatch(
            point -> point.elapsed().compareTo(since) >= 0 && point.status() != Status.INSIDE);
  }

  private static Optional<GateSummary.Point> lastRunOfInside(GateSummary gate, Duration since) {
    Optional<GateSummary.Point> first = Optional.empty();
    for (GateSummary.Point point : gate.points().reversed()) {
      if (point.status() != Status.INSIDE || point.elapsed().compareTo(since) < 0) {
        break;
      }
      first = Optional.of(point);
    }
    return first;
  }

  private static Duration uncertainty(@Nullable Plan plan, List<GateSummary> gates) {
    Duration window =
        gates.stream()
            .map(gate -> gate.gate().signal().window())
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return plan == null ? window : window.plus(plan.times().interval());
  }
}
