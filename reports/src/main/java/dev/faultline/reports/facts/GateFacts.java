package dev.faultline.reports.facts;

import dev.faultline.judge.Bound;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Phase;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.summary.GateSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One gate over a run.
 *
 * @param summary every look at it
 * @param phases what each phase read, for phases with looks
 * @param blind when it could not see
 */
public record GateFacts(GateSummary summary, List<InPhase> phases, List<Blindness> blind) {

  /**
   * What one phase read.
   *
   * @param worst the value farthest towards the wrong side, or beyond it; empty when all was blind
   */
  public record InPhase(
      String phase,
      long looks,
      long inside,
      long outside,
      long breached,
      long unseen,
      String worst) {}

  /** Keeps the lists unchangeable. */
  public GateFacts {
    phases = List.copyOf(phases);
    blind = List.copyOf(blind);
  }

  /** What a gate's looks amount to. */
  public static GateFacts of(GateSummary gate) {
    List<InPhase> phases = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      List<GateSummary.Point> points =
          gate.points().stream().filter(point -> point.phase() == phase).toList();
      if (!points.isEmpty()) {
        phases.add(inPhase(gate, phase, points));
      }
    }
    return new GateFacts(gate, phases, Blindness.of(gate));
  }

  private static InPhase inPhase(GateSummary gate, Phase phase, List<GateSummary.Point> points) {
    return new InPhase(
        PhaseWords.of(phase),
        points.size(),
        gate.count(phase, Status.INSIDE),
        gate.count(phase, Status.OUTSIDE),
        gate.count(phase, Status.BREACHED),
        gate.count(phase, Status.BLIND),
        spelled(gate.gate(), worst(gate.gate().bound(), points)));
  }

  private static String spelled(Gate gate, Optional<Reading.Value> value) {
    return value.map(gate::spell).orElse("not seen");
  }

  private static Optional<Reading.Value> worst(Bound bound, List<GateSummary.Point> points) {
    return points.stream()
        .map(GateSummary.Point::reading)
        .filter(Reading.Value.class::isInstance)
        .map(Reading.Value.class::cast)
        .max(Comparator.comparingDouble(value -> badness(bound, value.value())));
  }

  private static double badness(Bound bound, double value) {
    return switch (bound) {
      case Bound.Below _ -> value;
      case Bound.Above _ -> -value;
      case Bound.Equals equal -> Math.abs(value - equal.limit().value());
      case Bound.Between range -> outward(value, range.low().value(), range.high().value());
    };
  }

  // Distance from the middle orders the values inside the range as well as those outside.
  private static double outward(double value, double low, double high) {
    return Math.abs(value - (low + (high - low) / 2));
  }

  /** Its name. */
  public String name() {
    return summary.gate().name();
  }

  /** What is read, in the language of its source. */
  public String query() {
    return summary.gate().signal().words();
  }

  /** What it must be, and for how long it may be otherwise. */
  public String bound() {
    return summary.gate().bound().words()
        + summary
            .gate()
            .lasting()
            .or(() -> Optional.of(summary.gate().mustLast()).filter(time -> !time.isZero()))
            .map(time -> "; a breach must last " + Spelling.span(time))
            .orElse("");
  }

  /** When it counts and what a breach does. */
  public String rule() {
    String when =
        Arrays.stream(Gate.When.values())
            .filter(summary.gate().when()::contains)
            .map(part -> part.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return "counts %s; a breach %s"
        .formatted(when, summary.gate().aborts() ? "withdraws the faults" : "is recorded");
  }

  /** The worst value while it counted. */
  public String worst() {
    return spelled(summary.gate(), worst(summary.gate().bound(), summary.counted()));
  }

  /** The same as a number, in the unit of the gate; empty when all was blind. */
  public OptionalDouble worstValue() {
    return worst(summary.gate().bound(), summary.counted())
        .map(value -> OptionalDouble.of(value.value()))
        .orElse(OptionalDouble.empty());
  }

  /** The weightiest of what was seen while it counted. */
  public Status status() {
    return List.of(Status.BREACHED, Status.OUTSIDE, Status.BLIND, Status.INSIDE).stream()
        .filter(this::met)
        .findFirst()
        .orElse(Status.UNREAD);
  }

  private boolean met(Status status) {
    return summary.counted().stream().anyMatch(point -> point.status() == status);
  }

  /** The status in words, for a badge. */
  public String state() {
    return switch (status()) {
      case BREACHED -> "breached";
      case OUTSIDE -> "briefly outside";
      case BLIND -> "blind at times";
      case INSIDE -> "inside";
      case UNREAD -> "never read";
    };
  }

  /** The first breach in words, where there was one. */
  public Optional<String> firstBreach() {
    return summary.counted().stream()
        .filter(point -> point.status() == Status.BREACHED)
        .findFirst()
        .map(
            point ->
                "%s, first at %s in phase %s"
                    .formatted(
                        reading(point.reading()),
                        Spelling.at(point.elapsed()),
                        PhaseWords.of(point.phase())));
  }

  /** A reading in words. */
  public String reading(Reading reading) {
    return switch (reading) {
      case Reading.Value number -> summary.gate().spell(number);
      case Reading.Blind blind -> blind.reason().words() + ": " + blind.detail();
    };
  }
}
