package dev.faultline.reports.json;

import dev.faultline.judge.Reading;
import dev.faultline.model.summary.GateSummary;
import dev.faultline.reports.facts.GateFacts;
import dev.faultline.reports.facts.PhaseWords;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One gate.
 *
 * @param query what is read, in the language of its source
 * @param bound what it must be, in words
 * @param unit what a value counts: number, share, share-difference, seconds, bytes, per-second
 * @param state inside, outside, breached, blind or unread: the weightiest of what was seen
 * @param points every look, in order
 */
public record GatePart(
    String name,
    String query,
    String bound,
    String unit,
    double windowSeconds,
    double lastingSeconds,
    boolean aborts,
    String state,
    List<PhaseReadings> phases,
    List<PointPart> points) {

  /** What one phase read; the worst value as people write it. */
  public record PhaseReadings(
      String phase,
      long looks,
      long inside,
      long outside,
      long breached,
      long blind,
      String worst) {
    static PhaseReadings of(GateFacts.InPhase phase) {
      return new PhaseReadings(
          phase.phase(),
          phase.looks(),
          phase.inside(),
          phase.outside(),
          phase.breached(),
          phase.unseen(),
          phase.worst());
    }
  }

  /**
   * One look.
   *
   * @param value left out when it is infinite or there is none
   * @param blind why there is no value
   */
  public record PointPart(
      double atSeconds,
      String phase,
      String status,
      Optional<Double> value,
      Optional<String> infinite,
      Optional<String> blind) {
    static PointPart of(GateSummary.Point point) {
      Optional<Double> number =
          point.reading() instanceof Reading.Value value
              ? Optional.of(value.value())
              : Optional.empty();
      return new PointPart(
          Seconds.of(point.elapsed()),
          PhaseWords.of(point.phase()),
          point.status().name().toLowerCase(Locale.ROOT),
          number.filter(Double::isFinite),
          number.filter(value -> value.isInfinite()).map(value -> value > 0 ? "+" : "-"),
          point.reading() instanceof Reading.Blind blind
              ? Optional.of(blind.reason().words() + ": " + blind.detail())
              : Optional.empty());
    }
  }

  static GatePart of(GateFacts gate) {
    return new GatePart(
        gate.name(),
        gate.query(),
        gate.summary().gate().bound().words(),
        Seconds.word(gate.summary().gate().bound().limit().unit()),
        Seconds.of(gate.summary().gate().signal().window()),
        Seconds.of(gate.summary().gate().mustLast()),
        gate.summary().gate().aborts(),
        Seconds.word(gate.status()),
        gate.phases().stream().map(PhaseReadings::of).toList(),
        gate.summary().points().stream().map(PointPart::of).toList());
  }
}
